package extract

// passingIlls are illnesses that pass.
var passingIlls = set(`covid flu influenza cold cough headache poisoning norovirus tonsillitis conjunctivitis bronchitis gastroenteritis laryngitis sinusitis infection bug fever chickenpox measles mumps appendicitis pneumonia`)

// healthSpots are further ways to tell of one's health and diet.
var healthSpots = []spot{
	{pattern: "got {chronic} , =since|so|diagnosed|and|which", mode: state, meaning: ill, flags: opens | alone},
	{pattern: "was diagnosed with {chronic}", mode: event, meaning: ill, flags: opens | alone | asked},
	{pattern: "as|being a|an? someone|somebody|person|one with {chronic} ,? =i|we|my", mode: state, meaning: ill, flags: opens | asked},
	{pattern: "someone|somebody|anyone who has {chronic} like =me", mode: state, meaning: ill, flags: asked},
	{pattern: "people with {chronic} like =me", mode: state, meaning: ill, flags: asked},
	{pattern: "people like me with {chronic}", mode: state, meaning: ill, flags: asked},
	{pattern: "i have had {chronic} all my life", mode: state, meaning: ill},
	{pattern: "prone to {chronic} =.|,|and|so", mode: state, meaning: ill, flags: opens | alone},
	{pattern: "{chronic} in both|my|one|either =hands|hand|knees|knee|hips|hip|feet|shoulders|shoulder|wrists|ears|eyes", mode: state, meaning: ill, flags: opens | alone},
	{pattern: "my doctor|gp|consultant|specialist says|said|confirmed|reckons that? i am a|an? {ailment}", mode: state, meaning: ill, flags: asked},
	{pattern: "the doctor|gp|consultant|specialist|hospital|tests says|said|confirmed|say|confirm that? i am a|an? {ailment}", mode: state, meaning: ill, flags: asked},
	{pattern: "tested positive for {chronic}", mode: state, meaning: ill, flags: opens | alone},
	{pattern: "only|as|because i am {ailment} =.|,|and|so", mode: state, meaning: ill, flags: asked},
	// allergies
	{pattern: "no {allergen} for me please|thanks ,|-|because|as|cos i? am? allergic", mode: state, meaning: allergy},
	{pattern: "deadly|deathly|badly|severely|violently allergic to {allergen}", mode: state, meaning: allergy, flags: opens | alone},
	{pattern: "i carry an|my epipen|epi-pen for|because|due of|to? {allergen}", mode: state, meaning: allergy},
	// diet
	{pattern: "been a|an? {diet} {years}", mode: state, meaning: dietIs, flags: opens | alone},
	{pattern: "{years} a|an? {diet} =.|in|this|and|,|now|today", mode: state, meaning: dietIs, flags: opens | alone},
	{pattern: "gone fully? {diet} =.|,|and|since|this|last", mode: state, meaning: dietIs, flags: opens | alone},
	{pattern: "i am the only|token|resident {diet} =in|at|here|of|among", mode: state, meaning: dietIs, flags: asked},
	{pattern: "i keep telling|reminding people|you|them|everyone|her|him that? i am a|an? {diet} =.|,|and|but", mode: state, meaning: dietIs, flags: asked},
	{pattern: "i am on|doing|following the|a|an? {diet} diet? =.|,|and|so|since|now|because|these", mode: state, meaning: dietIs},
	{pattern: "my diet is|'s {diet}", mode: state, meaning: dietIs},
	{pattern: "put me down as|for a|an|the? {diet}", mode: state, meaning: dietIs, flags: opens},
	{pattern: "i am down as|for a|an|the? {diet}", mode: state, meaning: dietIs},
	{pattern: "{diet} meal|option for me", mode: state, meaning: dietIs, flags: opens},
	{pattern: "my|the dietitian|dietician|doctor|gp|consultant|nutritionist put me on a|an|the? {diet} diet? =.|,|and|before|last|in|since|when", mode: state, meaning: dietIs},
	{pattern: "the only thing|problem|snag is|'s that? i am a|an? {diet} =.|,|and|so", mode: state, meaning: dietIs, flags: asked},
}
