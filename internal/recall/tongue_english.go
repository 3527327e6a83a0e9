package recall

// english has the English words that tell of a change in what a question asks for, and the words that name relatives.
var english = newTongue(`
	sister: sister, sisters
	brother: brother, brothers
	mother: mother, mum, mom
	father: father, dad
	daughter: daughter, daughters
	son: son, sons
	child: child, kid, kids, children
	wife: wife
	husband: husband
	spouse: spouse
	girlfriend: girlfriend
	boyfriend: boyfriend
	partner: partner
	fiancé: fiancé, fiancée, fiance, fiancee
	grandmother: grandmother, grandma
	grandfather: grandfather, grandpa
	grandson: grandson
	granddaughter: granddaughter
	aunt: aunt
	uncle: uncle
	cousin: cousin, cousins
	niece: niece
	nephew: nephew
	boss: boss
	manager: manager
	colleague: colleague, colleagues, coworker
	neighbour: neighbour, neighbours, neighbor, neighbors
	friend: friend, friends, mate
	roommate: roommate, flatmate, housemate
	landlord: landlord
	therapist: therapist
	doctor: doctor, gp
	+live: move, moved, moving, relocated, relocating, settled
	+lives: moved, moving, relocated, left
	+city: move, moved, moving, relocated
	+work: quit, resigned, notice, fired, sacked, redundant, joined, hired
	+works: quit, resigned, fired, sacked, redundant, joined, hired
	+job: quit, resigned, fired, sacked, redundant, promoted, retrained
	+phone: number, sim
	+number: number, sim
	+email: email, e-mail, mail
	+address: address, moved
	+car: sold, scrapped, bought, traded
	+drive: sold, scrapped, bought, traded
	+study: switched, swapped, changed, dropped, transferred
	+surname: maiden, deed, hyphenated
	+engaged: ring, broke, split
	+married: divorce, divorced, separated, split
	+husband: divorce, divorced, separated, split
	+wife: divorce, divorced, separated, split
	+correction: correction, corrected, meant, scrap, mistake, misread, mistyped, wrong, oops, muddled
`, nil)
