# What the jobs of one study need to know; read by the other files here. Paths are seen from this folder.
# shellcheck shell=bash disable=SC2034

study=study.toml    # the study file
parts=8             # how many tasks share the work: whole interviews, so no more than there are interviews
models=             # the folder that `emic models fetch` filled; empty: models/ here, then your data folder
out=                # the output folder; empty: the one that the study file says
emic=emic           # the program; give its path if the nodes do not find it by its name
