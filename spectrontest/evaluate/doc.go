// Package evaluate measures how well Recall finds the turns that answer questions. It uses only the exported API of spectron,
// so a program gets the same results.
//
//	report, err := evaluate.Run(ctx, evaluate.Corpus(), nil)
//	report.WriteTable(os.Stdout)
//
// Corpus is the built-in data set. Load reads your own data set. To measure your own data set without writing a program:
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
//	  "time_zone": "Europe/Lisbon",      // zone that decides where days begin; optional: UTC
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
//	          "tells": ["got the flat"]  // the words that a hit has to show, see below; optional
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
//	      "unanswerable": false,         // true: no turn answers it, and evidence is empty
//	      "half": "tune"                 // optional: the half of the conversation
//	    }
//	  ]
//	}
//
// Other fields are errors, so that a misspelled field is noticed.
//
// # What counts as found
//
// A hit may show only a part of a long turn. The turn counts as found only if that part contains the evidence. So the recall and
// the token counts are about the same words. If the turn has the answer word for word, the part must have the answer. Otherwise
// the part must have all of "tells". If there are no "tells" either, only the whole turn counts. A session is found if any of its
// turns is found.
//
// # Halves
//
// Constants may be tuned on questions of the half "tune". Questions of the half "held" are only measured. A change that helps the
// first half but not the second is overfitted to its questions.
package evaluate
