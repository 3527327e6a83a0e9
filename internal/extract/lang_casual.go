package extract

// capitalise marks the known names of a sentence without capitals.
func (u *utterance) capitalise() {
	for i := range u.toks {
		t := &u.toks[i]
		if t.kind != word || t.upper {
			continue
		}
		low := u.low[i]
		if u.l.elides && i > 0 && len(low) > 3 && u.l.towns[low] && !u.l.plain[low] && u.is(i-1, "a", "de", "d'", "vers") {
			t.upper = true
		}
		if (u.l.casualNames[low] || givenNames[t.low]) && !(u.l.drops && lookAlikes[low]) && !u.l.plain[low] && u.l.verbs[low] == nil && !u.l.prepositions[low] && !u.l.adverbs[low] || u.l.brands[low] && !(u.l.drops && brandLookAlikes[low]) {
			t.upper = true
		}
	}
}

// lookAlikes are Spanish words that are names as well, and names only with a capital.
var lookAlikes = set(`sol mar luz paz cruz flor rosa reina dulce nieves concha lluvia cielo segundo justo justa clemente pastor pastora modesto modesta primitivo candido prudencia piedad caridad salud vega estrella aurora consuelo socorro remedios dolores
	soledad esperanza gloria victoria perla perico bella nube tigre bola manchas mora luna bruja princesa principe duque chispa pulga nieve capitan tambor santos abril max dante america blanca clara pura santa amada amado angeles milagros virginia concepcion asuncion trinidad mercedes
	rosario pilar paloma azucena jacinta margarita violeta iris dalia hortensia perpetua constanza leo nena chato flaco negra negrita viento duna croqueta relampago sultan cosme tomas pelusa pipo copa canela trasto toby coco peluche pulgas rocky frida casta linda maxima maximo felix feliz salvador angel jesus domingo colombia corona corazon china inca libertad lerida oliva generoso perfecto perfecta prospero severo serena divina digna hada iluminada milan mina rubi selva sor vasco venus felicidad bienvenida bienvenido adoracion acacia camelia azalea candelaria celeste fortunata amador casto franco franca junior lady lila lino gala gil cristo urbana romana georgia altair rita vito tino tirso ida ona oso rey lucas marcos julio cesar abra tana vale caro cata dani mari lore lula nati mica mecha pato cholo rulo chiqui yayo meche`)

// brandLookAlikes are Spanish words that are firms as well, and firms only with a capital.
var brandLookAlikes = set(`marca tia dia mango claro naranja disco coto personal gloria polar simply planeta meta once copa caf exito orange apple camper bolt rodilla teams word zoom alpina favorita avanza pascual ferrer borges barcelo riu paris lider jumbo tous santander liverpool correos intel dell ups bimbo`)
