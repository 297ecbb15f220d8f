#!/usr/bin/env bash
# Runs the Slurm scripts of docs/slurm, as they are, on a Slurm cluster of one node that lives in a temporary folder, and holds
# what comes out against an ordinary run: every table, the page, the codebooks and paper.md have to have the same bytes.
#
#     tests/slurm/run.sh --emic target/release/emic [--models DIR] [--study STUDY.toml] [--lose-one]
#
# Without --study, a copy of the demo study. With --lose-one, a task fails at first: the merge must not start, and the tables
# must be the same once that task was started again.
#
# Needs Slurm and MUNGE, which are installed where that is allowed (Debian, as root). No systemd, no cgroups, no accounting; keys,
# sockets, state and logs are in the temporary folder, which is removed whatever happens. Ends with 77 where Slurm cannot be installed
# or does not start, which tells nothing about the program.
set -euo pipefail

parts=8
limit=1800 # seconds for all jobs together

here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
emic='' models='' study='' lose_one=
while [ $# -gt 0 ]; do
    case "$1" in
        --emic) emic="${2:?}"; shift 2 ;;
        --models) models="${2:?}"; shift 2 ;;
        --study) study="${2:?}"; shift 2 ;;
        --lose-one) lose_one=yes; shift ;;
        *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 1 ;;
    esac
done
if [ ! -x "$emic" ]; then
    echo "name the program: $0 --emic target/release/emic" >&2
    exit 1
fi
emic="$(realpath "$emic")"
models="$(realpath "${models:-$here/models}")"

# --- Slurm, if it is missing

missing() {
    local command
    for command in slurmctld slurmd sbatch squeue scontrol munged; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "$command" >/dev/null || return 0
    done
    return 1
}
if missing; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Slurm is missing; install it first (Debian: apt-get install slurm-wlm munge)" >&2
        exit 77
    fi
    if ! { apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet \
        --no-install-recommends slurm-wlm munge; } >/dev/null; then
        echo "Slurm cannot be installed" >&2
        exit 77
    fi
fi
export PATH="$PATH:/usr/sbin:/sbin"

# --- A folder for everything, and its end

# A socket's path may have 107 characters, and one in slurm.conf no blanks.
above="${TMPDIR:-/tmp}"
[[ "$above" =~ ^[A-Za-z0-9/._-]{1,70}$ ]] || above=/tmp
folder="$(mktemp -d "$above/emic-slurm.XXXXXX")"
mkdir -m 700 "$folder"/{etc,munge,state,spool,log,jobs}
daemons=()

# Ends the daemons and whatever they started, which is told by the configuration in its environment.
end() {
    local status=$? process
    trap '' INT TERM HUP
    trap - EXIT
    if [ ${#daemons[@]} -gt 0 ]; then
        kill "${daemons[@]}" 2>/dev/null || true
        for _ in $(seq 50); do
            kill -0 "${daemons[@]}" 2>/dev/null || break
            sleep 0.1
        done
    fi
    for process in $(grep -slaF "SLURM_CONF=$folder/" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3); do
        kill -KILL "$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$folder"
    exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

now() { echo "${EPOCHREALTIME/[.,]/}"; }
seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.1f", (to - from) / 1e6 }'; }

# Says what went wrong, below the ends of the logs that may tell why.
complain() {
    local log
    for log in "${@:2}"; do
        [ ! -f "$log" ] || { echo "--- ${log##*/}"; tail -n 30 "$log"; } >&2
    done
    echo "error: $1" >&2
}
# Of the program or its scripts; and of Slurm, of which they know nothing.
fail() { complain "$@"; exit 1; }
no_slurm() { complain "$@"; exit 77; }

# --- A cluster of one node

free_port() {
    local port
    while true; do
        # Below the ports that systems hand out by themselves.
        port=$((20000 + RANDOM % 12000))
        [[ " $* " != *" $port "* ]] || continue
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

start_slurm() {
    local user node control_port node_port
    user="$(id -un)"
    node="$(uname -n)"
    node="${node%%.*}"
    control_port="$(free_port)"
    node_port="$(free_port "$control_port")"

    (umask 077 && head -c 128 /dev/urandom >"$folder/munge/key")
    # --force: MUNGE warns of a socket that other users cannot reach. There are none.
    munged --foreground --force --num-threads 2 --origin 127.0.0.1 --key-file "$folder/munge/key" \
        --socket "$folder/munge/socket" --pid-file "$folder/munge/pid" --seed-file "$folder/munge/seed" \
        --log-file "$folder/log/munged" >"$folder/log/munged.out" 2>&1 &
    daemons+=($!)

    # The node says that it has more cores and memory than this machine may have, so that what the scripts ask for fits in, and two
    # tasks at a time: nobody holds them to it.
    cat >"$folder/etc/slurm.conf" <<EOF
ClusterName=emic
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$control_port
SlurmdPort=$node_port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/state/slurmctld.pid
SlurmdPidFile=$folder/spool/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld
SlurmdLogFile=$folder/log/slurmd
SlurmctldDebug=info
SlurmdDebug=info
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
MailProg=/bin/true
PropagateResourceLimits=NONE
ReturnToService=2
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MinJobAge=86400
KillWait=5
NodeName=$node NodeAddr=127.0.0.1 CPUs=8 RealMemory=65536 State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
EOF
    # slurmd asks for control groups even where nothing uses them, and containers may have none. Before 23.11 this could not be
    # turned off; version 1 is the kind that does nothing until it is used.
    local version groups=disabled
    version="$(slurmd -V | grep -oE '[0-9]+\.[0-9]+' | head -n 1)"
    [ "${version/./}" -ge 2311 ] || groups=cgroup/v1
    echo "CgroupPlugin=$groups" >"$folder/etc/cgroup.conf"
    export SLURM_CONF="$folder/etc/slurm.conf"

    for _ in $(seq 100); do
        [ ! -S "$folder/munge/socket" ] || break
        sleep 0.1
    done
    slurmctld -D -f "$SLURM_CONF" >"$folder/log/slurmctld.out" 2>&1 &
    daemons+=($!)
    slurmd -D -f "$SLURM_CONF" >"$folder/log/slurmd.out" 2>&1 &
    daemons+=($!)

    local daemon
    for _ in $(seq 300); do
        if scontrol show node "$node" 2>/dev/null | grep -q 'State=IDLE '; then
            return
        fi
        for daemon in "${daemons[@]}"; do
            kill -0 "$daemon" 2>/dev/null || no_slurm "Slurm does not start" "$folder"/log/*.out
        done
        sleep 0.2
    done
    scontrol show node "$node" >&2 || true
    no_slurm "Slurm's node does not become idle" "$folder"/log/*.out
}

# --- Jobs

# The states of a job, or of all tasks of one that is an array, a word each.
states() { scontrol --oneliner show job "$1" 2>/dev/null | grep -o ' JobState=[A-Z_]*' | cut -d = -f 2 || true; }
# Whether all of them have ended.
ended() { [ -n "$1" ] && ! grep -qE 'PENDING|CONFIGURING|RUNNING|COMPLETING|REQUEUE|SUSPENDED|STOPPED' <<<"$1"; }

# Starts the jobs and waits for their end. Says in `array_seconds` and `merge_seconds` how long they took, and in `outcome` what
# became of them: done, or which went wrong.
run_jobs() {
    local submitted array merge began array_ended='' found
    began="$(now)"
    submitted="$("$folder/jobs/submit.sh" "$@")" || fail "submit.sh failed"
    array="$(sed -n 's/^parts: job \([0-9]*\),.*/\1/p' <<<"$submitted")"
    merge="$(sed -n 's/^merge: job \([0-9]*\),.*/\1/p' <<<"$submitted")"
    [ -n "$array" ] && [ -n "$merge" ] || fail "submit.sh did not say which jobs it started: $submitted"

    while true; do
        kill -0 "${daemons[@]}" 2>/dev/null || no_slurm "Slurm died" "$folder"/log/*.out
        if [ -z "$array_ended" ]; then
            found="$(states "$array")"
            ! ended "$found" || array_ended="$(now)"
        else
            found="$(states "$merge")"
            if ended "$found"; then
                break
            fi
            # Where a merge whose parts failed is not taken out of the queue.
            if scontrol --oneliner show job "$merge" | grep -q 'Reason=DependencyNeverSatisfied'; then
                found=CANCELLED
                break
            fi
        fi
        if [ "$(now)" -gt $((began + limit * 1000000)) ]; then
            squeue >&2
            fail "the jobs did not end within $limit seconds" "$folder"/jobs/*.log "$folder"/log/*.out
        fi
        sleep 0.3
    done
    array_seconds="$(seconds "$began" "$array_ended")"
    merge_seconds="$(seconds "$array_ended" "$(now)")"

    if states "$array" | grep -qv COMPLETED; then
        outcome="tasks failed: $(scontrol --oneliner show job "$array" | grep -v 'JobState=COMPLETED' |
            grep -o 'ArrayTaskId=[^ ]*' | cut -d = -f 2 | sort -n | paste -sd ' ')"
        if compgen -G "$folder/jobs/emic-merge-$merge.log" >/dev/null; then
            fail "the merge started although $outcome" "$folder"/jobs/*.log
        fi
        outcome="$outcome; the merge did not start"
    elif [ "$found" != COMPLETED ]; then
        outcome="the merge failed"
    else
        outcome="done"
    fi
}

# --- The study

if [ -z "$study" ]; then
    mkdir "$folder/data"
    cp -R "$here/data/codebooks" "$folder/data/"
    mkdir "$folder/data/demo"
    cp -R "$here"/data/demo/{transcripts,participants.csv,study.toml} "$folder/data/demo/"
    study="$folder/data/demo/study.toml"
fi
study="$(realpath "$study")"

# What a researcher does: copies the scripts and fills in the settings.
cp "$here"/docs/slurm/{array.sbatch,merge.sbatch,submit.sh} "$folder/jobs/"
program="$emic"
if [ -n "$lose_one" ]; then
    program="$folder/emic"
    cat >"$program" <<EOF
#!/bin/sh
case " \$* " in
*" --partition 3/$parts "*) mkdir "$folder/lost" 2>/dev/null && { echo "lost, for the test" >&2; exit 1; } ;;
esac
exec "$emic" "\$@"
EOF
    chmod +x "$program"
fi
printf '%s=%q\n' study "$study" parts "$parts" models "$models" out "$folder/cluster" emic "$program" \
    >"$folder/jobs/settings.sh"

# --- The test

began="$(now)"
start_slurm
start_seconds="$(seconds "$began" "$(now)")"

run_jobs
what="$parts parts"
if [ -n "$lose_one" ]; then
    [ "$outcome" = "tasks failed: 3; the merge did not start" ] ||
        fail "task 3 was to fail and the merge not to start, but: $outcome" "$folder"/jobs/*.log
    [ ! -e "$folder/cluster/run.json" ] || fail "there are results without part 3" "$folder"/jobs/*.log
    run_jobs 3
    what="the lost part"
fi
[ "$outcome" = "done" ] || fail "$outcome" "$folder"/jobs/*.log

began="$(now)"
status=0
"$emic" run "$study" --out "$folder/alone" --models "$models" --quiet || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "the ordinary run failed"
alone_seconds="$(seconds "$began" "$(now)")"

compared=0
cd "$folder/alone"
for file in tables/* report.html codebook.* paper.md; do
    cmp "$file" "$folder/cluster/$file" || fail "the merge's $file is not that of an ordinary run"
    compared=$((compared + 1))
done
[ "$compared" -gt 3 ] || fail "the ordinary run wrote nothing to compare with"
for file in "$folder/cluster"/tables/*; do
    [ -e "tables/${file##*/}" ] || fail "an ordinary run has no tables/${file##*/}"
done
cd "$here"

echo "$compared files are the same; seconds: Slurm's start $start_seconds, $what $array_seconds," \
    "merge $merge_seconds, ordinary run $alone_seconds"
