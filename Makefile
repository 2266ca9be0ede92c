# The commands of Netralitas. Each is safe to repeat and to interrupt; what they do is in scripts/.

.PHONY: run test lint bench crash pictures

run:    ## Prepare this machine, then serve on http://127.0.0.1:$PORT (8000) until Ctrl-C
	@exec scripts/run

test:   ## The whole suite on SQLite, then on PostgreSQL; ARGS="tests/lib -k names" for a part
	@exec scripts/test $(ARGS)

lint:   ## Style, formatting, templates, migrations and production settings
	@exec scripts/lint

bench:  ## The benchmarks, as ratios
	@exec scripts/bench $(ARGS)

crash:  ## Sign while everything is killed, on both databases; no signature may be lost
	@exec scripts/crash $(ARGS)

pictures: ## The pictures of the guides anew, from a demo of their own
	@exec scripts/pictures $(ARGS)
