package recall

// english says which English words tell of a change in what a question asks for, and which name relatives.
var english = newTongue(`
	sister: sister, sisters
	brother: brother, brothers
	mother: mother, mum, mom
	father: father, dad
	daughter: daughter, daughters
	son: son, sons
	child: kid, kids
	wife: wife
	husband: husband
	girlfriend: girlfriend
	boyfriend: boyfriend
	cousin: cousin, cousins
	aunt: aunt
	uncle: uncle
	niece: niece
	nephew: nephew
	boss: boss
	manager: manager
	colleague: colleague, colleagues
	neighbour: neighbour, neighbours, neighbor, neighbors
	friend: friend, friends, mate
	roommate: roommate, flatmate, housemate
	landlord: landlord
	+live: move, moved, moving, relocated, relocating, settled
	+lives: moved, moving, relocated, left
	+city: move, moved, moving, relocated
	+work: quit, resigned, notice, fired, sacked, redundant, joined, hired, promoted, job
	+works: quit, resigned, fired, sacked, redundant, joined, hired
	+job: quit, resigned, fired, sacked, redundant, promoted, retrained
	+phone: number, sim
	+number: number, sim
	+email: email, e-mail, mail
	+address: address, moved
	+car: sold, scrapped, bought, traded
	+drive: sold, scrapped, bought, traded
	+study: switched, changed, dropped, transferred
	+engaged: ring, broke, split
	+married: divorce, divorced, separated, split
	+husband: divorce, divorced, separated, split
	+wife: divorce, divorced, separated, split
`, nil)
