// Package conformance tests whether a kind of store keeps all promises of package spectron. Run has one subtest for each
// behaviour.
package conformance

import (
	"context"
	"testing"

	"github.com/spectron-go/spectron"
)

// Opener opens a store with the options of the suite. It gets a copy of them and may add what the store needs, such as
// credentials or a durability.
type Opener func(ctx context.Context, opts *spectron.Options) (*spectron.Manager, error)

// StoreKind is a kind of store that Run tests.
type StoreKind struct {
	// Make creates an empty store for one test. The Opener opens this store, possibly several times. Make registers a Cleanup
	// for everything that it starts, such as a server. Many tests run in parallel; if they share one store, Make must wait until
	// the store is free.
	Make func(testing.TB) Opener
	// Volatile says that Close discards the data of the store. Such a store is opened only once per test.
	Volatile bool
	// Shared says that the store may be open several times at once, as on a server.
	Shared bool
	// File says that Backup copies the store to a file that spectron.Open opens. Other stores refuse Backup.
	File bool
	// ReopenEachStep closes and opens the store between the steps of every test, so that no answer comes from the memory of a
	// Manager. A step is a write, or a few questions.
	ReopenEachStep bool
	// Brief leaves out the behaviours above the store, such as extraction and search. Use it for a kind that differs from a
	// fully tested kind only in the connection to the store.
	Brief bool
}

// Run tests whether stores of a kind behave as package spectron promises. Each behaviour runs in a parallel subtest with its own
// store. The suite sets the clock, the ids and the compiled engine in the options; all openings of a store share the clock
// and the ids. Contexts are created in the namespaces "default", "conformance" and "conformance-2".
//
//	conformance.Run(t, conformance.StoreKind{
//		Make: func(tb testing.TB) conformance.Opener {
//			url := "file://" + tb.TempDir() + "/agent.db"
//			return func(ctx context.Context, opts *spectron.Options) (*spectron.Manager, error) {
//				return spectron.Open(ctx, url, opts)
//			}
//		},
//		File: true,
//	})
func Run(t *testing.T, kind StoreKind) {
	t.Helper()
	if kind.Make == nil || kind.Volatile && (kind.Shared || kind.File || kind.ReopenEachStep) {
		t.Fatalf("conformance: no such kind of store: %+v", kind)
	}
	for _, b := range behaviours() {
		if b.of != nil && !b.of(kind) {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			b.test(newTrial(t, kind))
		})
	}
}

// behaviour is a promise of the library about stores.
type behaviour struct {
	name string
	test func(*trial)
	of   func(StoreKind) bool // reports whether the promise holds for a kind of store; nil: for all kinds
}

func behaviours() []behaviour {
	shared := func(k StoreKind) bool { return k.Shared }
	kept := func(k StoreKind) bool { return !k.Volatile }
	whole := func(k StoreKind) bool { return !k.Brief }
	file := func(k StoreKind) bool { return k.File }
	return []behaviour{
		{"contexts/made and listed", contextsAreMadeAndListed, nil},
		{"contexts/refused", contextsAreRefused, nil},
		{"contexts/apart", contextsAreApart, nil},
		{"contexts/deleted", contextsAreDeleted, nil},
		{"contexts/ensured", contextsAreEnsured, nil},

		{"remember/literal", literalTextIsKept, nil},
		{"remember/full", factsAreRead, whole},
		{"remember/triples", triplesAreStored, whole},
		{"remember/preview", previewLeavesNoTrace, nil},
		{"remember/batch", batchIsOneWrite, nil},
		{"remember/batch fails whole", batchFailsWhole, whole},
		{"remember/texts", textsComeBackByteForByte, nil},
		{"remember/large text", largeTextComesBack, nil},
		{"remember/blanks", blanksAreNotSearched, whole},
		{"remember/zones", daysAreThoseOfTheSpeaker, whole},
		{"remember/repeated", repeatedWritesStoreOnce, nil},

		{"facts/supersession", supersessionKeepsHistory, whole},
		{"facts/times", factsHaveTheirTimes, whole},
		{"facts/timelines", timelinesHaveOneValueAtATime, whole},
		{"facts/periods", periodsHaveOneValue, whole},
		{"facts/stays", staysAreReadable, whole},
		{"facts/clock", clocksDoNotGoBack, whole},
		{"facts/speakers", speakersCorrectThemselves, whole},
		{"facts/several speakers", severalSpeakersAreSeveralPeople, whole},
		{"facts/said in passing", whatIsSaidInPassingIsOfWhomItIs, whole},
		{"facts/other names", otherNamesAreOfOnePerson, whole},
		{"facts/several values", keysHoldSeveralValues, whole},
		{"facts/instructions", instructionsStandAndEnd, whole},
		{"facts/own words", ownWordsStand, whole},
		{"facts/places", placesLieInPlaces, whole},
		{"facts/orders", laterOrdersReplace, whole},
		{"facts/forgetting in a turn", turnsForget, whole},
		{"facts/vocabulary", ontologiesSteer, whole},
		{"facts/accounts", accountsHaveNames, whole},
		{"facts/uncertainties", uncertaintiesAreRaisedAndResolved, whole},

		{"guards/injections", injectionsGiveNoOrders, whole},
		{"guards/personal data", personalDataIsRedacted, whole},

		{"graph/read", theGraphIsRead, whole},
		{"graph/edited facts", factsAreEdited, whole},
		{"graph/doubts", doubtsAreResolved, whole},
		{"graph/deleted and merged", entitiesAreDeletedAndMerged, whole},
		{"graph/traces", tracesTellOfWrites, nil},
		{"memory/forgotten", recordsAreForgotten, nil},

		{"lifecycle/decay", importanceFades, nil},
		{"lifecycle/expire", contextExpires, nil},
		{"lifecycle/prune", oldTurnsArePruned, nil},

		{"reads/context blocks", contextsAreBlocks, whole},
		{"reads/exchanges", exchangesAreKept, nil},
		{"lifecycle/fsck", memoryIsChecked, nil},
		{"jobs/done", jobsAreDone, nil},
		{"jobs/refused", jobsAreRefused, nil},
		{"documents/found", documentsAreFound, nil},
		{"documents/not stored twice", documentsAreNotStoredTwice, nil},
		{"documents/reprocessed", documentsAreReprocessed, nil},
		{"documents/refused", documentsAreRefused, nil},
		{"documents/large", largeDocumentsAreStored, whole},
		{"documents/keywords", keywordsAreListed, whole},
		{"documents/moved", documentsMove, nil},
		{"graph/conclusions", relationsAreConcluded, nil},
		{"graph/observations", tellingsAreCounted, nil},
		{"graph/traces of questions", tracesTellOfQuestions, nil},

		{"recall/modes", everyModeFinds, whole},
		{"recall/filters", filtersNarrow, whole},
		{"recall/lens", lensNarrows, whole},
		{"recall/duplicates", duplicatesTakeOnePlace, whole},
		{"recall/conversations", conversationsAreReadTogether, whole},
		{"recall/excerpts", longTextsShowWhatMatters, whole},
		{"recall/relevance", answersSayHowMuchTheyAnswer, whole},
		{"recall/weights", weightsAndSignalsAreChosen, whole},
		{"recall/what holds", whatHoldsLeads, whole},
		{"recall/facts and words", factsAndTheirWordsTakeOnePlace, whole},
		{"recall/echoes", echoesAreBehind, whole},
		{"recall/sessions", sessionsAreOneHit, whole},
		{"recall/relatives", relativesAreAskedAbout, whole},
		{"recall/who, when and where", conditionsOnTellingNarrow, whole},
		{"recall/pages", pagesFollowEachOther, whole},
		{"recall/graph", theGraphAnswersAlone, whole},
		{"recall/own writes", writesAreReadAtOnce, nil},

		{"sessions/go on", sessionsGoOn, nil},
		{"sessions/pages", turnsComeInPages, whole},
		{"sessions/listed", sessionsAreListed, nil},
		{"sessions/deleted", sessionsAreDeleted, nil},

		{"vectors/kept", vectorsAreKept, nil},
		{"models/read what rules leave", modelsReadWhatRulesLeave, nil},
		{"models/that fail", failingModelsCostNoText, whole},
		{"models/limited together", tokensAreLimitedTogether, shared},
		{"chat/remembered", answersAreRemembered, nil},
		{"chat/reused", answersEndWithTheirRecords, shared},
		{"chat/erased meanwhile", erasedWhileAnswering, shared},
		{"vectors/of another embedder", otherEmbeddersAreNoticed, kept},
		{"vectors/moved", vectorsMoveWithTheirEmbedder, whole},

		{"writers/one slot", oneHeadUnderWriters, nil},
		{"writers/many texts", nothingIsLostUnderWriters, nil},
		{"writers/refused", refusedWritersHarmNobody, nil},
		{"writers/impatient", impatientCallersHarmNobody, nil},

		{"access/configuration", configurationIsKept, nil},
		{"access/provider keys", providerKeysAreSealed, nil},
		{"access/management keys", managementKeysManage, nil},
		{"access/listings", listingsCount, nil},
		{"access/principals", principalsAreMadeOnce, nil},
		{"access/subjects", principalsStandForPeople, nil},
		{"access/grants", grantsAreKept, nil},
		{"access/presets", presetsHavePrincipals, whole},
		{"access/narrowed keys", keysNarrow, whole},
		{"access/ended keys", keysEnd, nil},
		{"access/keys of one's own", principalsMakeTheirKeys, whole},
		{"access/tokens", accessTokensAreBrokered, whole},
		{"access/uses", usesOfKeysAreKept, nil},
		{"access/bad secrets", badSecretsAreRefusedAlike, whole},
		{"access/gate", handlesReachWhatIsGranted, nil},
		{"access/on behalf of", callersActForOthers, whole},
		{"access/events", eventsAreKept, nil},
		{"access/denials", denialsAreSummedUp, nil},
		{"access/deleted contexts", keysEndWithTheirContext, nil},
		{"access/ontology", ontologiesAreKept, nil},

		{"scopes/registered", scopesAreRegistered, nil},
		{"scopes/tombstoned", scopesAreTombstoned, nil},
		{"scopes/forgotten", scopesAreForgotten, nil},
		{"scopes/forgotten sessions", forgottenSessionsSayNothing, whole},

		{"store/refused", callsAreRefused, whole},
		{"store/ended context", endedContextsAreTold, nil},
		{"store/closed", closedStoresSaySo, nil},
		{"store/health", storesAreHealthy, nil},
		{"store/reopened", storesAreReopened, kept},

		{"transfer/round trip", contextsMove, nil},
		{"transfer/bad import", badImportsLeaveNothing, nil},
		{"transfer/failing ends", transfersFailWithTheirEnds, nil},
		{"transfer/access", accessMovesWithoutKeys, nil},
		{"transfer/backup", backupsAreWhole, file},
		{"transfer/backup under writers", backupsAreOfOneMoment, file},

		{"shared/seen", writesOfOthersAreSeen, shared},
		{"shared/documents", documentsOfOthersAreSeen, shared},
		{"shared/traces", tracesOfOthersAreListed, shared},
		{"shared/edits", editsOfOthersAreSeen, shared},
		{"shared/conclusions", conclusionsOfOthersAreSeen, shared},
		{"shared/sessions", sessionsOfOthersAreSeen, shared},
		{"shared/deleted contexts", deletedContextsEndForAll, shared},
		{"shared/ensured", sharedContextsAreEnsuredOnce, shared},
		{"shared/one slot", oneHeadUnderManagers, shared},
		{"shared/repeated", repeatedWritesOfOthersStoreOnce, shared},
		{"shared/many texts", nothingIsLostUnderManagers, shared},
		{"shared/vectors", vectorsOfOthersAreTaken, shared},
		{"shared/embedders", embeddersOfOthersAreNoticed, shared},
		{"shared/keys", keysOfOthersAreObeyed, shared},
		{"shared/grants", grantsOfOthersAreObeyed, shared},
		{"shared/scopes", scopesOfOthersAreObeyed, shared},
		{"shared/forgotten", forgottenByOthersIsGone, shared},
		{"shared/configuration", configurationOfOthersIsObeyed, shared},
		{"shared/management keys", managementKeysOfOthersAreObeyed, shared},
	}
}
