package extract

import "testing"

func TestCanonicalNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"employed by": WorksAt, "Employer": WorksAt, "works_at": WorksAt, "resides in": LivesIn, "Lives-In": LivesIn,
		"boss": "manager", "married to": Spouse, "loves": Likes, "collects": "collects", "": "",
	} {
		if got := CanonicalLabel(in); got != want {
			t.Errorf("label %q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"Favorite Color": "favourite_colour", "favourite colour": "favourite_colour", "favorite movie": "favourite_movie",
		"Job title": Role, "e-mail address": "email", "date of birth": Birthday, "eye color": "eye_colour", "dog's name": "dogs_name",
	} {
		if got := CanonicalKey(in); got != want {
			t.Errorf("key %q: got %q, want %q", in, got, want)
		}
	}
}

func TestCanonicalNamesAreStable(t *testing.T) {
	t.Parallel()
	for _, l := range labelAliases {
		if CanonicalLabel(l) != l {
			t.Errorf("label %q folds to %q", l, CanonicalLabel(l))
		}
	}
	for _, k := range keyAliases {
		if CanonicalKey(k) != k {
			t.Errorf("key %q folds to %q", k, CanonicalKey(k))
		}
	}
	for _, p := range possessions {
		if k := CanonicalKey(p.key); p.kind != employerValue && p.kind != placeValue && k != p.key {
			t.Errorf("the rules emit %q, which folds to %q", p.key, k)
		}
	}
	for _, rules := range verbRules {
		for _, r := range rules {
			if k := CanonicalLabel(r.meaning.key); k != r.meaning.key {
				t.Errorf("the rules emit %q, which folds to %q", r.meaning.key, k)
			}
		}
	}
}

func TestFunctionalAndOpposite(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]bool{
		WorksAt: true, "employer": true, LivesIn: true, Spouse: true, BornIn: true, From: true, ReportsTo: true, Role: true, "favorite color": true,
		Likes: false, Dislikes: false, Speaks: false, AllergicTo: false, "sister": false, Pet: false, "friend": false, Appointment: false,
	} {
		if got := Functional(label); got != want {
			t.Errorf("Functional(%q) = %v", label, got)
		}
	}
	if Opposite(Likes) != Dislikes || Opposite("hates") != Likes || Opposite(WorksAt) != "" {
		t.Error("Opposite")
	}
}
