package extract

const germanSigns = `
	keeps: xx
`
