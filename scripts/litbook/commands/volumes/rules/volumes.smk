# Build the volumes of a review and join their sites: `litbook volumes build` runs these rules with Snakemake.
#
# By hand, or with a profile for a cluster, in the folder with volumes.yml:
#   snakemake --snakefile "$(litbook volumes rules)" --keep-going --rerun-triggers mtime --cores 2
# A volume is built again when one of its files is newer than its last build. `mem_mb` and `runtime` are what a volume
# of 10,000 papers may need; a profile sets others with `set-resources`.
import sys
from pathlib import Path

from litbook.commands.volumes.building import list_written
from litbook.commands.volumes.settings import find_volume, read_volumes

VOLUMES = read_volumes(Path("."))
NAMES = [volume.name for volume in VOLUMES.volumes]
LITBOOK = f'"{sys.executable}" -m litbook volumes'


wildcard_constraints:
    name="[A-Za-z0-9][A-Za-z0-9_-]*",


localrules:
    all,


rule all:
    input:
        "_build/volumes/joined",


rule start:
    output:
        touch("_build/volumes/{name}.started"),
    log:
        "_build/volumes/{name}.start.log",
    threads: 1
    resources:
        mem_mb=4000,
        runtime=60,
    shell:
        LITBOOK + " start {wildcards.name:q} > {log:q} 2>&1"


rule build:
    input:
        "_build/volumes/{name}.started",
        lambda wildcards: list_written(VOLUMES, find_volume(VOLUMES, wildcards.name)),
    output:
        touch("_build/volumes/{name}.built"),
    log:
        "_build/volumes/{name}.build.log",
    threads: 1
    resources:
        mem_mb=4000,
        runtime=120,
    shell:
        "jupyter-book build volumes/{wildcards.name:q} > {log:q} 2>&1"


rule join:
    input:
        "volumes.yml",
        expand("_build/volumes/{name}.built", name=NAMES),
    output:
        touch("_build/volumes/joined"),
    log:
        "_build/volumes/join.log",
    threads: 1
    resources:
        mem_mb=4000,
        runtime=60,
    shell:
        LITBOOK + " join > {log:q} 2>&1"
