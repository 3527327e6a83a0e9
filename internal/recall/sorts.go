package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Some questions ask for values of one sort, but the key has other values too: "Which sport do I do?" asks for no lino printing.

// sports are words of sports in all languages, without accents. "Trail running" is a sport because of its second word.
var sports = wordSet(`running jogging parkrun marathon marathons triathlon triathlons duathlon sprinting hurdles athletics orienteering hiking hillwalking trekking mountaineering climbing bouldering
	swimming diving snorkelling snorkeling rowing canoeing kayaking sailing surfing windsurfing kitesurfing paddleboarding wakeboarding waterpolo cycling biking bmx spinning skating skateboarding
	rollerblading skiing snowboarding sledging curling football soccer rugby cricket rounders baseball softball basketball netball volleyball handball hockey lacrosse hurling camogie shinty
	tennis squash badminton racquetball pickleball padel pingpong golf minigolf bowls bowling darts snooker billiards pool boxing kickboxing wrestling judo karate taekwondo aikido jujitsu
	jiujitsu bjj kendo capoeira fencing archery shooting gymnastics trampolining trampoline yoga pilates zumba aerobics crossfit weightlifting powerlifting weights gym dance dancing ballet
	riding dressage polo showjumping frisbee parkour
	fussball handball tischtennis federball schwimmen laufen joggen rennen wandern bergsteigen klettern bouldern radfahren rennrad mountainbiken rudern segeln surfen tauchen reiten turnen
	tanzen boxen ringen fechten bogenschiessen kegeln skifahren langlauf eislaufen leichtathletik kampfsport krafttraining gewichtheben wasserball
	futbol baloncesto voleibol balonmano tenis natacion nadar correr atletismo ciclismo bici senderismo montanismo escalada remo vela buceo equitacion gimnasia baile boxeo lucha esgrima
	esqui patinaje bolos petanca
	foot basket volley natation course footing jogging athletisme cyclisme velo randonnee rando escalade alpinisme aviron voile plongee equitation gymnastique danse boxe lutte escrime
	ski patinage petanque musculation`)

// isSport reports whether a value is a sport.
func isSport(f *record.Fact) bool {
	return slices.ContainsFunc(words(plain(strings.ToLower(f.Value))), func(w string) bool { return sports[w] })
}

// hasSurname reports whether a name has more than a first name.
func hasSurname(f *record.Fact) bool {
	return f.Key != SpeakerKey || len(strings.Fields(f.Value)) > 1
}
