"""The commands of `litbook`, beside the build."""
