package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// script is a server on this machine that talks like OpenAI. It stands for a model: from script.json it takes the items whose quotes are in
// the messages to read.
type script struct {
	url    string
	server *http.Server
	served chan error
}

//go:embed script.json
var scriptItems []byte

// startScript starts a script.
func startScript() (*script, error) {
	var items []map[string]any
	if err := json.Unmarshal(scriptItems, &items); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &script{
		url: "http://" + listener.Addr().String() + "/v1", served: make(chan error, 1),
		server: &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer, err := reply(items, r)
			if err != nil {
				w.WriteHeader(http.StatusBadRequest)
				answer = map[string]any{"error": map[string]any{"message": err.Error()}}
			}
			// A client that is gone needs no answer.
			_ = json.NewEncoder(w).Encode(answer)
		})},
	}
	go func() { s.served <- s.server.Serve(listener) }()
	return s, nil
}

// stop ends the script.
func (s *script) stop() error {
	err := s.server.Close()
	if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// reply returns the answer to a request.
func reply(items []map[string]any, r *http.Request) (map[string]any, error) {
	var request struct {
		Messages []struct{ Role, Content string }
	}
	if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, 1<<20)).Decode(&request); err != nil {
		return nil, err
	}
	if len(request.Messages) == 0 {
		return nil, errors.New("no messages")
	}
	// The last message is a conversation in JSON, with the numbers of its messages.
	asked := request.Messages[len(request.Messages)-1].Content
	var read struct {
		Messages []struct {
			Number int  `json:"n"`
			Read   bool `json:"read"`
			Text   string
		}
	}
	if err := json.Unmarshal([]byte(asked), &read); err != nil {
		return nil, fmt.Errorf("the question is no conversation: %w", err)
	}
	found := []map[string]any{}
	for _, m := range read.Messages {
		for _, item := range items {
			if quote, _ := item["quote"].(string); m.Read && strings.Contains(m.Text, quote) {
				// What does not apply is empty.
				whole := map[string]any{"message": m.Number, "key": "", "value": "", "from": "", "until": "", "reason": "", "target": map[string]string{"type": "", "name": ""}}
				for name, value := range item {
					whole[name] = value
				}
				found = append(found, whole)
			}
		}
	}
	content, err := json.Marshal(map[string]any{"items": found})
	if err != nil {
		return nil, err
	}
	in, out := len(asked)/4, len(content)/4
	return map[string]any{
		"choices": []map[string]any{{"index": 0, "finish_reason": "stop", "message": map[string]string{"role": "assistant", "content": string(content)}}},
		"usage":   map[string]int{"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out},
	}, nil
}
