// Answers questions with the real OPA: one JSON document a line in, one a line out.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/util"
)

type question struct {
	Modules []string       `json:"modules"`
	Version string         `json:"version"`
	Query   string         `json:"query"`
	Inputs  []any          `json:"inputs"`
	Data    map[string]any `json:"data"`
	Strict  bool           `json:"strict"`
	// Repeat asks for the time of that many evaluations of each input.
	Repeat int `json:"repeat"`
}

type answer struct {
	Rows    []map[string]any `json:"rows"`
	Code    string           `json:"code,omitempty"`
	Message string           `json:"message,omitempty"`
	Nanos   int64            `json:"nanos,omitempty"`
}

func failed(err error) answer {
	var compiled ast.Errors
	var evaluated *topdown.Error
	var many rego.Errors
	switch {
	case errors.As(err, &many) && len(many) > 0:
		return failed(many[0])
	case errors.As(err, &compiled) && len(compiled) > 0:
		return answer{Code: compiled[0].Code, Message: compiled[0].Message}
	case errors.As(err, &evaluated):
		return answer{Code: evaluated.Code, Message: evaluated.Message}
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return answer{Code: one.Code, Message: one.Message}
	}
	return answer{Code: "unknown", Message: err.Error()}
}

func ask(ctx context.Context, q *question) []answer {
	answers := make([]answer, len(q.Inputs))
	fail := func(err error) []answer {
		for i := range answers {
			answers[i] = failed(err)
		}
		return answers
	}
	version := ast.RegoV1
	if q.Version == "v0" {
		version = ast.RegoV0
	}
	data := q.Data
	if data == nil {
		data = map[string]any{}
	}
	options := []func(*rego.Rego){
		rego.Query(q.Query),
		rego.SetRegoVersion(version),
		rego.Store(inmem.NewFromObject(data)),
		rego.StrictBuiltinErrors(q.Strict),
	}
	for i, text := range q.Modules {
		options = append(options, rego.Module(fmt.Sprintf("module%d.rego", i), text))
	}
	prepared, err := rego.New(options...).PrepareForEval(ctx)
	if err != nil {
		return fail(err)
	}
	for i, input := range q.Inputs {
		value, err := ast.InterfaceToValue(input)
		if err != nil {
			return fail(err)
		}
		limited, cancel := context.WithTimeout(ctx, 20*time.Second)
		started := time.Now()
		rows, err := prepared.Eval(limited, rego.EvalParsedInput(value))
		for n := 1; n < q.Repeat && err == nil; n++ {
			rows, err = prepared.Eval(limited, rego.EvalParsedInput(value))
		}
		nanos := time.Since(started).Nanoseconds()
		cancel()
		if err != nil {
			answers[i] = failed(err)
			continue
		}
		found := make([]map[string]any, len(rows))
		for n, row := range rows {
			found[n] = row.Bindings
		}
		answers[i] = answer{Rows: found}
		if q.Repeat > 0 {
			answers[i].Nanos = nanos / int64(q.Repeat)
		}
	}
	return answers
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var q question
			if failure := util.UnmarshalJSON(line, &q); failure != nil {
				fmt.Fprintln(os.Stderr, failure)
				os.Exit(2)
			}
			if failure := encoder.Encode(ask(context.Background(), &q)); failure != nil {
				fmt.Fprintln(os.Stderr, failure)
				os.Exit(2)
			}
			if failure := out.Flush(); failure != nil {
				os.Exit(2)
			}
		}
		if err != nil {
			return
		}
	}
}
