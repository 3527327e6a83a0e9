package extract

const frenchSigns = `
	keeps: xx
`
