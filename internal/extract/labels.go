package extract

import "strings"

// Labels of relations that the rules emit. Kinship and acquaintance have labels of their own ("sister",
// "spouse", "manager", "friend", …): the object is the speaker's or the subject's sister.
const (
	WorksAt    = "works_at"
	LivesIn    = "lives_in"
	From       = "from"
	BornIn     = "born_in"
	GrewUpIn   = "grew_up_in"
	StudiedAt  = "studied_at"
	Spouse     = "spouse"
	EngagedTo  = "engaged_to"
	Partner    = "partner"
	ReportsTo  = "reports_to"
	WorksWith  = "works_with"
	Manages    = "manages"
	Founded    = "founded"
	Acquired   = "acquired"
	Likes      = "likes"
	Dislikes   = "dislikes"
	Prefers    = "prefers"
	AllergicTo = "allergic_to"
	Speaks     = "speaks"
	Pet        = "pet"
	Condition  = "has_condition"
	Hobby      = "hobby"
	Owns       = "owns"
)

// Keys of attributes that the rules emit, beside those of [CanonicalKey].
const (
	Role          = "role"
	Age           = "age"
	Birthday      = "birthday"
	BirthYear     = "birth_year"
	Diet          = "diet"
	Nationality   = "nationality"
	MaritalStatus = "marital_status"
	Degree        = "degree"
	Status        = "status"
	Nickname      = "nickname"
	Appointment   = "appointment"
	WeddingDate   = "wedding_date"
	Car           = "car"
	Major         = "major"
)

// labelAliases folds what models and callers write to the label that the rules use.
var labelAliases = map[string]string{
	"employed_by": WorksAt, "employer": WorksAt, "works_for": WorksAt, "employed_at": WorksAt, "work_at": WorksAt,
	"work_for": WorksAt, "works_in_company": WorksAt, "employee_of": WorksAt, "joined": WorksAt,
	"resides_in": LivesIn, "lives_at": LivesIn, "residence": LivesIn, "live_in": LivesIn, "located_in": LivesIn,
	"based_in": LivesIn, "moved_to": LivesIn, "home_city": LivesIn,
	"is_from": From, "comes_from": From, "originally_from": From, "hometown": From,
	"birthplace": BornIn, "place_of_birth": BornIn, "was_born_in": BornIn, "raised_in": GrewUpIn,
	"graduated_from": StudiedAt, "studies_at": StudiedAt, "attended": StudiedAt, "alma_mater": StudiedAt,
	"married_to": Spouse, "wife": Spouse, "husband": Spouse, "is_married_to": Spouse,
	"girlfriend": Partner, "boyfriend": Partner, "fiancé": "fiance", "fiancée": "fiance", "fiancee": "fiance",
	"boss": "manager", "supervisor": "manager", "managed_by": "manager", "line_manager": "manager",
	"reporting_to": ReportsTo, "colleague_of": "colleague", "coworker": "colleague", "co_worker": "colleague",
	"teammate": "colleague", "collaborates_with": WorksWith, "leads": Manages, "runs": Manages, "founder_of": Founded,
	"co_founded": Founded, "cofounded": Founded, "bought": Acquired, "mom": "mother", "mum": "mother", "dad": "father",
	"grandma": "grandmother", "grandpa": "grandfather", "flatmate": "roommate", "housemate": "roommate",
	"neighbor": "neighbour", "kid": "child", "like": Likes, "loves": Likes, "love": Likes, "enjoys": Likes,
	"enjoy": Likes, "is_fan_of": Likes, "interested_in": Likes, "dislike": Dislikes, "hates": Dislikes, "hate": Dislikes,
	"doesnt_like": Dislikes, "does_not_like": Dislikes, "prefer": Prefers, "prefers_to": Prefers,
	"has_allergy": AllergicTo, "allergy": AllergicTo, "allergies": AllergicTo, "allergic": AllergicTo,
	"speaks_language": Speaks, "language": Speaks, "languages": Speaks, "dog": Pet, "cat": Pet, "has_pet": Pet, "owns_pet": Pet,
}

// keyAliases folds attribute keys. "favorite" becomes "favourite" in any key.
var keyAliases = map[string]string{
	"job": Role, "job_title": Role, "title": Role, "position": Role, "occupation": Role, "profession": Role, "current_role": Role,
	"new_role": Role, "new_job": Role, "date_of_birth": Birthday, "birth_date": Birthday, "birthdate": Birthday, "dob": Birthday,
	"year_of_birth": BirthYear, "e-mail": "email", "e_mail": "email", "email_address": "email", "e_mail_address": "email",
	"mail_address": "email", "phone_number": "phone", "telephone": "phone", "telephone_number": "phone", "mobile": "phone",
	"mobile_number": "phone", "cell": "phone", "cell_number": "phone", "cell_phone": "phone", "cellphone": "phone",
	"time_zone": "timezone", "home_address": "address", "mailing_address": "address", "dietary_preference": Diet,
	"dietary_restriction": Diet, "citizenship": Nationality, "mother_tongue": "native_language",
	"first_language": "native_language", "relationship_status": MaritalStatus, "civil_status": MaritalStatus,
	"wedding_anniversary": "anniversary", "nick_name": Nickname, "years_old": Age, "current_status": Status,
	"preferred_pronouns": "pronouns", "marriage_date": WeddingDate,
}

// functional are the labels and keys that hold one value at a time: a new one supersedes the old.
var functional = set(`works_at lives_in from born_in grew_up_in spouse partner fiance engaged_to reports_to manager mother
	father mother_in_law father_in_law role age birthday birth_year diet nationality marital_status email phone address
	timezone native_language pronouns blood_type shoe_size height weight wedding_date anniversary status nickname car
	landlord therapist`)

// opposites pairs the labels that contradict each other for one object.
var opposites = map[string]string{Likes: Dislikes, Dislikes: Likes}

// snake folds a label or key to lower case with underscores.
func snake(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case r == '\'' || r == '’':
		case wordRune(r):
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// CanonicalLabel folds a relation label to the one spelling in use: snake case, near-synonyms to one label
// ("employed by", "employer": works_at). Labels that it does not know only get the spelling.
func CanonicalLabel(label string) string {
	s := snake(label)
	if c, ok := labelAliases[s]; ok {
		return c
	}
	return s
}

// LabelNamed is the label that a word of a question names, also in the plural: "sisters" is sister, "kids" child, "hobbies" hobby.
func LabelNamed(word string) string {
	if one, ok := kinPlural[word]; ok {
		return CanonicalLabel(one)
	}
	if one, ok := strings.CutSuffix(word, "ies"); ok && len(one) > 2 {
		return CanonicalLabel(one + "y")
	}
	if one, ok := strings.CutSuffix(word, "s"); ok && len(one) > 3 {
		return CanonicalLabel(one)
	}
	return CanonicalLabel(word)
}

// CanonicalKey folds an attribute key likewise ("Job title": role, "favorite color": favourite_colour).
func CanonicalKey(key string) string {
	s := snake(key)
	s = strings.ReplaceAll(s, "favorite", "favourite")
	if s == "favourite_color" || strings.HasSuffix(s, "_color") {
		s = strings.TrimSuffix(s, "color") + "colour"
	}
	if c, ok := keyAliases[s]; ok {
		return c
	}
	return s
}

// Functional reports whether a subject has one value of the label or key at a time, so that a new object or
// value supersedes the old one. Favourites are functional; likes, languages, allergies and siblings are not.
func Functional(label string) bool {
	s := CanonicalLabel(label)
	return functional[s] || functional[CanonicalKey(s)] || strings.HasPrefix(CanonicalKey(s), "favourite_")
}

// Opposite gives the label that cannot hold of the same subject and object at once, or "".
func Opposite(label string) string { return opposites[CanonicalLabel(label)] }
