"""The commands that start a server: `litbook preview`, `litbook desk` and `litbook lsp`."""
