package keyphrase

import (
	"bytes"
	"strings"
	"sync"
)

// The stop words are the closed classes of each language (articles, pronouns, prepositions, conjunctions, auxiliaries, particles), numbers and days
// left out, and verbs and adverbs that link more than they tell. The stop words of internal/index do not serve here: they are those of questions,
// in English only. Nor do those of the stemmer that we use: it has none of German, and its Spanish ones have nouns.
const (
	english = `a a.k.a able about above according across actually after again against ago ain all almost along already also although always am among amongst an
and another any anybody anyone anything anywhere are around as aside ask at available away based be became because become becomes been before behind
being below beside besides best better between beyond both but by came can cannot certain come comes consider considered considering contain contains
could described despite did different do does doing done down during e.g each eg either else enough especially etc even ever every everybody everyone
everything everywhere except far few find first five followed following follows for former four found from further furthermore gave general generally
get gets getting give given gives go goes going gone good got great had has have having he held help hence her here herself hers high him himself his how
however i i.e ie if in include included includes including indeed instead into is it its itself just keep kept know known largely last later latter least less
let like likely little ll long made mainly make makes making many may maybe me means meanwhile might more moreover most mostly much must my myself namely
near nearly need needs neither never nevertheless new next no nobody none nor not nothing now nowhere obtained of off often on once one only onto or
other others otherwise our ours ourselves out over overall own particular particularly per perhaps possible presented proposed provide provided provides
put quite rather re really respectively said same say says second see seem seems seen self several shall she should show showed shown shows since six so
some somebody someone something sometimes somewhere soon still such take taken takes ten than that the their theirs them themselves then there thereby
therefore these they thing things third this those though three through throughout thus to together too took toward towards two under unless until up upon
us use used useful uses using usually various ve very via want was way we well went were what whatever when where whereas whereby wherever whether which
while who whoever whole whom whose why will with within without would yes yet you your yours yourself yourselves
it's that's let's what's who's here's there's he's she's where's how's`
	german = `ab aber alle allem allen aller allerdings alles als also am an andere anderem anderen anderer anderes ans auch auf aufgrund aus außer außerdem
bald bei beide beiden beim bereits besonders bevor bin bis bist bisher bleibt bzw da dabei dadurch dafür dagegen daher dahin damals damit danach daneben
dann daran darauf daraus darin darüber darum darunter das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der deren des
deshalb dessen desto die dies diese diesem diesen dieser dieses doch dort du durch dürfen darf ebenfalls ebenso ein eine einem einen einer eines einige
einigem einigen einiger einiges einmal entweder er erst es etwa etwas euch euer eure falls fast für gab ganz gar gegen gegenüber geht gemacht genau
gewesen geworden gibt gut habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem insbesondere ins
irgend ist ja je jede jedem jeden jeder jedes jedoch jemand jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines können
könnte konnte konnten kommt lassen lässt machen macht man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner meines meist
mich mir mit mittels möchte mögen müssen muss musste nach nachdem neben nein nicht nichts nie niemand noch nun nur ob oberhalb obwohl oder oft ohne
rund sehr sei seien sein seine seinem seinen seiner seines seit seitdem selbst sich sie sind so sobald sodass sogar solche solchem solchen solcher
solches soll sollen sollte sollten somit sondern sonst soweit sowie sowohl statt trotz über überhaupt um und uns unser unsere unserem unseren unter usw
viel viele vielen vieler vielleicht vom von vor vorher während wann war waren warum was weder wegen weil weiter weitere weiteren weiterhin welche
welchem welchen welcher welches wenig wenige weniger wenn wer werde werden wem wen wessen wie wieder will wir wird wirklich wo wobei wodurch wohl wollen
wollte worden wurde wurden würde würden z.b zu zudem zum zur zwar zwischen`
	french = `à afin ai ainsi alors après as assez au aucun aucune aujourd'hui auprès auquel aura auraient aurait auront aussi autour autre autres aux
auxquelles auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien car ce ceci cela celle celles celui cependant certain certaine
certaines certains ces cet cette ceux chaque chez ci comme comment contre dans de debout dedans dehors déjà depuis dernier derrière des dès désormais
dessous dessus deux devant devoir doit doivent donc dont du duquel durant elle elles en encore enfin ensuite entre envers es est et étaient étais était
étant été être eu eux fait faire faut font furent fut grâce hors ici il ils jamais je jusque la là laquelle le lequel les lesquelles lesquels leur leurs
lors lorsque lui ma mais malgré me même mêmes mes mieux moi moins mon ne néanmoins ni non nos notamment notre nous on ont or ou où outre par parce parfois
parmi partout pas pendant permet permettent peu peut peuvent plupart plus plusieurs plutôt pour pourquoi pourtant pouvoir premier première presque près
puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi quoique sa sans sauf se selon sera seraient serait seront ses seulement si
sien sinon soi soit sommes son sont sous souvent suis sur surtout ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutefois
toutes très trop tu un une unes uns vers via voici voilà vont vos votre vous vu y`
	spanish = `a acuerdo además al algo algún alguna algunas alguno algunos allí ambos ante antes aquel aquella aquellas aquello aquellos aquí así aún
aunque bajo bastante bien cada casi cerca cierta ciertas cierto ciertos como cómo con conmigo contigo contra cual cuál cuales cualquier cuando cuándo
cuanto cuya cuyas cuyo cuyos da dado de debajo debe deben debido del demás dentro desde después detrás dicha dicho donde dónde dos durante e el él ella
ellas ello ellos embargo en encima entonces entre era eran eres es esa esas ese eso esos esta está están estaba estaban estar estas este esto estos
estuvo excepto fue fuera fueron ha haber había habían hace hacen hacer hacia han hasta hay haya he hemos hubo incluso jamás junto la las le les lo los
luego mas más me mediante mejor menos mi mí mientras mío mis misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno
no nos nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poca pocas poco pocos por porque primer primera primero
pueda puede pueden pues que qué quien quién quienes se sea sean según segunda segundo ser será serán sería si sí sido siempre siendo sin sino sobre sólo
solo somos son soy su sus suya suyo tal tales también tampoco tan tanta tanto te tener tenía ti tiene tienen toda todas todavía todo todos tras través tu
tú tus u un una unas uno unos usted ustedes va van varias varios veces vez vosotros y ya yo`
)

// languageSample is how many bytes of a text are looked at to find its language. secondLanguage is how many stop words of another language show that
// a text is in two.
const (
	languageSample = 1 << 16
	secondLanguage = 20
)

// languages is a set of languages, in the order of the lists.
type languages uint8

var lists = [...]string{english, german, french, spanish}

// stopWords has the languages in which a word is a stop word, by its normalised form.
var stopWords = sync.OnceValue(func() map[string]languages {
	out := map[string]languages{}
	for i, list := range lists {
		for w := range strings.FieldsSeq(list) {
			out[Normalise(w)] |= 1 << i
		}
	}
	return out
})

// stopWordsOf returns which words are stop words of a text. The lists of all languages together would not do: "war" and "hat" are stop words in
// German, "son" and "sea" in Spanish. The language is that with most stop words at the start of the text, and a second that has half as many.
func stopWordsOf(text string) func([]byte) bool {
	all := stopWords()
	var counts [len(lists)]int
	var buffer []byte
	for start, end := range wordsOf(text[:min(len(text), languageSample)]) {
		buffer = normalised(buffer[:0], text[start:end])
		in := all[string(buffer)]
		for i := range counts {
			counts[i] += int(in >> i & 1)
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	used := languages(1) << best
	for i, n := range counts {
		if n >= secondLanguage && n >= counts[best]/2 {
			used |= 1 << i
		}
	}
	return func(w []byte) bool { return all[string(w)]&used != 0 || used&1 != 0 && contracted(w) }
}

// contracted reports whether a word is an English contraction of an auxiliary.
func contracted(w []byte) bool {
	i := bytes.LastIndexByte(w, '\'')
	if i < 1 {
		return false
	}
	switch string(w[i+1:]) {
	case "T", "RE", "VE", "LL", "M", "D":
		return true
	}
	return false
}
