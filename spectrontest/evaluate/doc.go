// Package evaluate measures how well recall finds the turns that answer questions. It uses the exported API of spectron
// alone, so that its figures are those that a program gets.
//
//	report, err := evaluate.Run(ctx, evaluate.Corpus(), nil)
//	report.WriteTable(os.Stdout)
//
// Corpus is a data set that comes with the package. Load reads one of your own; to measure it without writing a program:
//
//	go test ./spectrontest/evaluate -run TestData -v -data /data/support-chats
//
// # The form of a data set
//
// A data set is a folder. Each file in it whose name ends in ".json" is one conversation:
//
//	{
//	  "id": "flat",                      // unique in the data set
//	  "manner": "chat",                  // how people talk: "written", "chat", "assistant", or a word of your own
//	  "half": "tune",                    // "tune" or "held"; optional, see below
//	  "time_zone": "Europe/Lisbon",      // days are counted there; optional: UTC
//	  "sessions": [
//	    {
//	      "id": "s1",                    // unique in the conversation
//	      "scope": "org/acme",           // where it is stored; optional: everywhere
//	      "turns": [                     // in order
//	        {
//	          "id": "t1",                // unique in the conversation
//	          "role": "user",            // user, assistant, system or tool; optional: user
//	          "speaker": "Ana",          // optional
//	          "spoken_at": "2024-05-04T18:31:07+01:00",
//	          "text": "we got the flat!!",
//	          "tells": ["got the flat"]  // what has to be shown of the text, see below; optional
//	        }
//	      ]
//	    }
//	  ],
//	  "questions": [
//	    {
//	      "id": "q1",                    // unique in the conversation
//	      "kind": "fact",                // a word to group by; the corpus has those of Kinds
//	      "text": "Did Ana get the flat?",
//	      "asked_at": "2024-06-01T09:00:00Z", // optional: a day after the last turn
//	      "session": "s1",               // search this session alone; optional
//	      "scope": "org/acme",           // the lens of the question; optional
//	      "speaker": "Ben",              // who asks; optional, for information
//	      "evidence": ["t1", ["t4", "t5"]], // needed: t1, and t4 or t5
//	      "answer": "yes",               // for people, and see below; optional
//	      "unanswerable": false,         // true: nothing was said that answers it; evidence is empty then
//	      "half": "tune"                 // optional: that of the conversation
//	    }
//	  ]
//	}
//
// Fields that are not named here are errors, so that a misspelled one does not go unseen.
//
// # What counts as found
//
// A hit may show a part of a long turn. The turn counts as found where that part says why it is evidence, so that figures of recall and of
// tokens are about the same words: the part has the answer, if the turn has it word for word. Of other turns it has all of "tells"; where
// there is none, only the whole turn counts. Sessions are found by any of their turns.
//
// # Halves
//
// Constants may be tuned on questions of the half "tune". Those of "held" are only run: a change that helps the first and
// not the second has learned the questions.
package evaluate
