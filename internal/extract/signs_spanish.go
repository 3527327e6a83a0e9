package extract

const spanishSigns = `
	keeps: xx
`
