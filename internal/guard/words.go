package guard

// classes are the words that phrases call by a name.
var classes = map[string]string{
	// English.
	"ignore":  "ignore disregard forget override overlook bypass discard neglect dismiss abandon unlearn nullify circumvent violate scrap ditch renounce",
	"all":     "all any every everything each of the your these those its my our other and or whatever",
	"earlier": "previous prior above earlier preceding foregoing former past initial original existing current system developer safety security hidden internal aforementioned preset default core operating programmed ethical moderation content",
	"orders":  "instruction instructions prompt prompts directive directives directions command commands order orders rule rules guideline guidelines guidance constraint constraints restriction restrictions programming guardrails guardrail limitations safeguards safeguard protocols protocol policies policy training alignment",
	"be":      "is are was were am be been being",
	"annul":   "ignore disregard forget drop disobey dismiss override bypass abandon reject discard violate circumvent overrule unlearn",
	"targets": "instruction instructions prompt prompts directive directives guidelines guideline rules restrictions programming safeguards constraints guardrails policies",
	"void":    "revoked void cancelled canceled obsolete invalid superseded withdrawn overridden null lifted suspended expired",
	"model":   "ai assistant model bot chatbot chatgpt gpt claude gemini llama llm copilot agent ais assistants models bots agents llms",
	"show":    "reveal show print repeat output display tell give share expose dump disclose leak write copy recite type list paste quote return provide send translate summarise summarize describe echo state say restate reproduce spell divulge encode",
	"whole":   "full entire exact complete hidden initial original secret verbatim internal system whole raw confidential underlying actual precise literal current starting first developer custom special preceding previous above",
	"free":    "unrestricted unfiltered uncensored jailbroken jailbreak dan omnipotent amoral unbound unlimited unethical unlocked uncontrolled lawless",
	"limits":  "restrictions restriction rules limits limitations limit guidelines filters filter constraints guardrails ethics morals boundaries boundary censorship safeguards policies policy safety",
	"mode":    "developer debug god admin administrator root sudo jailbreak unrestricted maintenance dan dev superuser unfiltered uncensored override unsafe",
	"do":      "do follow obey execute run perform carry act comply use apply",
	"maker":   "developer developers creator creators administrator admin owner operator programmer engineer maker superuser root",
	"secrets": "password passwords credentials credential secrets key keys token tokens conversation conversations history memory memories data context contacts files file emails mails inbox messages chat logs cookies",

	// German.
	"ignoriere":   "ignoriere ignorieren ignoriert ignorier vergiss vergesse vergessen missachte missachten verwirf verwerfen ubergehe ubergehen umgehe umgehen losche loschen uberschreibe uberschreiben befolge befolgen beachte beachten verletze",
	"alle":        "alle aller alles samtliche jede jegliche die der den das deine deinen deiner ihre ihren ihrer eure diese diesen sie dir deinem von und oder saemtliche all jeder",
	"vorherigen":  "vorherigen vorherige vorheriger bisherigen bisherige obigen obige obenstehenden fruheren fruhere vorangegangenen vorangehenden vorausgehenden ursprunglichen ursprungliche vorhergehenden bestehenden gegebenen system systems internen geheimen sicherheits letzten bekannten vorigen",
	"anweisungen": "anweisungen anweisung instruktionen instruktion befehle befehl regeln regel vorgaben vorgabe richtlinien richtlinie anordnungen systemanweisungen systemanweisung systemprompt systemprompts prompt prompts einschrankungen beschrankungen sicherheitsregeln sicherheitsrichtlinien programmierung weisungen systemvorgaben",

	// Spanish.
	"ignora":        "ignora ignore ignorad ignorar olvida olvide olvidad olvidar olvidate descarta descarte descartar desestima omite omita omitir desobedece desobedezca anula anule anular elimina elimine borra borre salta saltate",
	"todas":         "todas todos todo toda las los la el tus sus tu su cualquier cualquiera de estas esas aquellas otras demas y mis vuestras",
	"anteriores":    "anteriores anterior previas previos previa previo precedentes iniciales originales original inicial del sistema internas ocultas existentes actuales pasadas seguridad de",
	"instrucciones": "instrucciones instruccion ordenes orden indicaciones directrices directivas reglas regla normas prompt prompts restricciones limitaciones mensajes comandos programacion pautas",

	// French.
	"oublie":    "ignore ignorez ignorer oublie oubliez oublier neglige negligez negliger contourne contournez contourner annule annulez annuler efface effacez effacer outrepasse outrepassez desobeis desobeissez",
	"toutes":    "toutes tous toute tout les la le tes vos ta votre ces ses l d des de et ou aux a",
	"prec":      "precedentes precedente precedents precedent anterieures anterieurs initiales initiale initial originales original systeme ci dessus dessous cachees internes existantes actuelles securite prealables",
	"consignes": "instructions instruction consignes consigne directives directive ordres ordre regles regle commandes prompt prompts restrictions limitations contraintes programmation",
}

// denyingWords stand before a phrase and turn it into its opposite: "never ignore …".
const denyingWords = "not dont never cannot cant wont shouldnt mustnt without didnt doesnt isnt couldnt wouldnt nor unless nicht nie niemals kein no nunca jamas sin ne jamais sans pas"

// tellingWords stand before a verb that reports what somebody does: "they ignore …".
const tellingWords = `they we i he she people users who students kids children players drivers employees staff often sometimes usually frequently attackers hackers
	man leute sie nutzer ellos ellas ils elles qui on quien personas which that would could might`

// mistypedWords are the words that are known in their mistyped forms too.
const mistypedWords = `ignore disregard previous instruction instructions system prompt restrictions developer guidelines unrestricted override
	ignoriere vorherigen anweisungen ignora anteriores instrucciones instructions precedentes consignes`

// hearingWords stand before "to" in reports: "told me to ignore …".
const hearingWords = `me us him her them tend tends tended used easy tempting wrong likely tried attempts attempt attempted decided refuse refused ability how asked told instructed supposed meant
	trying try tries inclined chose allowed allow happened permission hard difficult safe dangerous bad reluctant students people users kids everyone staff`
