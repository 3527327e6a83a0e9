package providers

import (
	"slices"
	"strings"
)

// kind is what a model does, as far as its name tells. Its text fits into an error.
type kind string

const (
	unknownKind   kind = ""
	chatKind      kind = "a model that writes text"
	embeddingKind kind = "an embedding model"
)

// kinds has words in the names of models, by what they say about the model. The first row that matches counts. A word is a part of the name;
// with ^ it is the beginning.
var kinds = []struct {
	kind  kind
	words []string
}{
	{embeddingKind, []string{"embed", "^bge-", "^all-minilm", "^e5-", "^multilingual-e5", "^gte-", "^paraphrase-", "^voyage-"}},
	{"a model for speech", []string{"whisper", "transcribe", "^tts-", "-tts", "-realtime", "-audio"}},
	{"a model for images or films", []string{"dall-e", "gpt-image", "-image", "^imagen", "^veo-", "^sora", "^stable-diffusion", "^flux"}},
	{"a model for moderation", []string{"moderation", "-guard"}},
	{"a model for ranking", []string{"rerank"}},
	{"a model for reading documents", []string{"-ocr"}},
	{"a model without chat", []string{"^davinci", "^text-davinci", "^babbage", "^gpt-3.5-turbo-instruct"}},
	{chatKind, []string{
		"^gpt-", "^chatgpt", "^o1", "^o3", "^o4", "^claude", "^gemini", "^gemma", "^mistral", "^ministral", "^magistral", "^codestral", "^devstral",
		"^pixtral", "^open-mistral", "^open-mixtral", "^mixtral", "^llama", "^qwen", "^phi", "^deepseek", "^command-", "^grok",
	}},
}

// kindOf returns the kind of the model with the name: unknownKind if the name says nothing. Only the last part of a path counts, such as
// llama3 in meta/llama3:8b.
func kindOf(name string) kind {
	name = strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
	for _, row := range kinds {
		if slices.ContainsFunc(row.words, func(word string) bool {
			if beginning, ok := strings.CutPrefix(word, "^"); ok {
				return strings.HasPrefix(name, beginning)
			}
			return strings.Contains(name, word)
		}) {
			return row.kind
		}
	}
	return unknownKind
}
