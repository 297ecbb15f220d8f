#!/usr/bin/env bash
# Starts the parts of a study and, once all of them are done, the merge. Fill in settings.sh first.
#
#     ./submit.sh              # all parts
#     ./submit.sh 1-200%20     # all of 200 parts, at most 20 at a time
#     ./submit.sh 3,7          # only these again, then the merge
set -euo pipefail
cd "$(dirname "$0")"
source ./settings.sh
# Slurm hands this on to the jobs and their logs: nobody but you can read them.
umask 077

tasks="${1:-1-$parts}"
array=$(sbatch --parsable --array="$tasks" array.sbatch)
array="${array%%;*}"
# afterok: when every task has succeeded. When one has not, the merge is taken out of the queue; it would wait there for ever.
merge=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes merge.sbatch)
echo "parts: job $array, tasks $tasks"
echo "merge: job ${merge%%;*}, when all of them are done"
