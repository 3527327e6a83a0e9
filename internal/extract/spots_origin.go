package extract

// majorIs is that somebody studies or has studied something.
var majorIs = meaning{key: Major, category: identity, value: true}

// originSpots are further ways to tell of one's origin and studies.
var originSpots = []spot{
	{pattern: "from {town} , =living|based", mode: bygone, meaning: isFrom, flags: opens | alone},
	{pattern: "{town} originally =,|.|and|but", mode: bygone, meaning: isFrom, flags: opens | alone},
	{pattern: "i am {borntown} =.|,|and|but|so", mode: bygone, meaning: bornIn},
	{pattern: "{borntown} =.|and|but", mode: bygone, meaning: bornIn, flags: opens | alone},
	{pattern: "growing up in {town} =we|i|my|there|everyone|it|,|you", mode: bygone, meaning: grewUpIn, flags: opens | asked},
	{pattern: "when|while i was growing up in {town}", mode: bygone, meaning: grewUpIn, flags: asked},
	{pattern: "my childhood|youth in {town} =was|is|had|were", mode: bygone, meaning: grewUpIn, flags: asked},
	{pattern: "as a kid|child|boy|girl|teenager in {town} =i|we|my|,", mode: bygone, meaning: grewUpIn, flags: opens | asked},
	{pattern: "i came into the|this world {gap} {town}", mode: bygone, meaning: bornIn},
	{pattern: "i first saw the? light|daylight of? day? in {town}", mode: bygone, meaning: bornIn},
	{pattern: "where i come|hail|came from , {place} =,", mode: bygone, meaning: isFrom, flags: asked},
	{pattern: "{place} is|'s where i am from =.|,|and|so|but|originally", mode: bygone, meaning: isFrom},
	{pattern: "{place} was home until|till =i", mode: bygone, meaning: grewUpIn},
	{pattern: "i|we have got a|an|my {people} passport|citizenship", mode: bygone, meaning: isPeople},
	{pattern: "{people} passport|citizen holder? here", mode: bygone, meaning: isPeople, flags: opens | alone},
	{pattern: "got my {people} citizenship|passport =.|last|this|in|today|yesterday|,|and|on", mode: bygone, meaning: isPeople, flags: opens | alone},
	{pattern: "i became a|an {people} citizen", mode: bygone, meaning: isPeople},
	{pattern: "i have been a|an {people} citizen", mode: bygone, meaning: isPeople},
	{pattern: "we|us {peoples} =love|like|are|have|do|know|don't|never|always|can|hate|eat|drink|say|call|take", mode: bygone, meaning: isPeople},
	{pattern: "i am a|an {people} in|living {town}", mode: bygone, meaning: isPeople, flags: firstOf},
	{pattern: "i am {people} by birth", mode: bygone, meaning: isPeople},
	{pattern: "was brought up in {town} =.|,|and|but|by", mode: bygone, meaning: grewUpIn, flags: opens | alone | asked},
	// studies
	{pattern: "majoring in {study} =.|,|and|so|at", mode: bygone, meaning: majorIs, flags: alone},
	{pattern: "{alma} , class of {number}", mode: bygone, meaning: studiedAt, flags: opens | alone | firstOf},
	{pattern: "my phd|masters|degree|doctorate|thesis|dissertation|course at {alma} =is|was|has|starts|took", mode: bygone, meaning: studiedAt},
	{pattern: "my degree|masters|phd is|'s|was in {study}", mode: bygone, meaning: majorIs},
	{pattern: "{study} major|student here =.|,|and", mode: bygone, meaning: majorIs, flags: opens | alone},
	{pattern: "student at {alma} here", mode: bygone, meaning: studiedAt, flags: opens | alone},
	{pattern: "i went to {alma} to study|read|do {study}", mode: bygone, meaning: studiedAt, flags: firstOf},
	{pattern: "at uni|university|college , i|we did|studied|read {study}", mode: bygone, meaning: majorIs},
	{pattern: "at uni|university|college i|we did|studied|read {study}", mode: bygone, meaning: majorIs},
	{pattern: "at uni|university|college ( {alma} ) =i|we", mode: bygone, meaning: studiedAt},
	{pattern: "my old uni|university|college|school , {alma} =,|.", mode: bygone, meaning: studiedAt, flags: asked},
	{pattern: "my alma mater , {alma} =,|.", mode: bygone, meaning: studiedAt, flags: asked},
	{pattern: "{alma} is|'s|was my alma|old =mater|uni|university|college|school", mode: bygone, meaning: studiedAt},
	{pattern: "{alma} , where i|we both? =studied|graduated|read|trained", mode: bygone, meaning: studiedAt},
	{pattern: "i transferred to {alma} =.|,|in|last|for|after|this|and", mode: bygone, meaning: studiedAt},
}
