"""What can be computed from papers and prose: relations, evidence, findings, checks, history."""
