# SPDX-License-Identifier: Apache-2.0
#
# Boots systemd as process 1 of namespaces of its own, on a copy of this machine's files that is thrown away, lets it run
# one script, and ends with that script's exit code.
# Run by: unshare --mount sh systemd-host.sh FOLDER DISTRIBUTION JAVA_HOME
# FOLDER is empty but for `script`, and gets `output`; what is mounted there is gone with the mount namespace.
set -eu
folder=$1
world=$folder/world
mkdir "$world"
: >"$folder/output"
mount -t tmpfs none "$world"
mkdir "$world/upper" "$world/work" "$world/root" "$world/cgroup"
mount -t cgroup2 none "$world/cgroup"
cgroup=$world/cgroup/vnetc-test-$$
mkdir "$cgroup"

status=0
sh -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' - "$cgroup" \
	unshare --mount --pid --fork --kill-child --net --uts --ipc --cgroup sh -euc '
	folder=$1 distribution=$2 java=$3 world=$1/world root=$1/world/root
	mount -t overlay -o "lowerdir=/,upperdir=$world/upper,workdir=$world/work" none "$root"
	mount -t proc none "$root/proc"
	mount -t sysfs -o ro none "$root/sys"
	mount -t cgroup2 none "$root/sys/fs/cgroup"
	mount -t tmpfs none "$root/run"
	mount -t tmpfs none "$root/tmp"
	mount -t tmpfs none "$root/dev"
	mkdir "$root/dev/net" "$root/dev/pts" "$root/dev/shm"
	for device in null zero full random urandom tty net/tun; do
		: >"$root/dev/$device"
		mount --bind "/dev/$device" "$root/dev/$device"
	done
	mount -t devpts -o newinstance,ptmxmode=0666 none "$root/dev/pts"
	ln -s pts/ptmx "$root/dev/ptmx"
	ln -s /proc/self/fd "$root/dev/fd"
	# Nothing of this machine is started there: only what the script asks for.
	mount -t tmpfs none "$root/etc/systemd/system"
	mount -t tmpfs none "$root/usr/lib/systemd/system/sysinit.target.wants"
	mount -t tmpfs none "$root/var/log"
	mkdir "$root/proof" "$root/proof/vnetc" "$root/proof/java" "$root/proof/folder" "$root/proof/old"
	mount --bind "$distribution" "$root/proof/vnetc"
	mount --bind "$java" "$root/proof/java"
	mount --bind "$folder" "$root/proof/folder"
	cat >"$root/etc/systemd/system/proof.service" <<-END
		[Unit]
		Requires=systemd-journald.socket
		After=systemd-journald.socket
		DefaultDependencies=no
		SuccessAction=exit-force
		FailureAction=exit-force
		[Service]
		Type=oneshot
		ExecStart=/bin/sh -eu /proof/folder/script
		StandardOutput=append:/proof/folder/output
		StandardError=append:/proof/folder/output
		Environment=VNETC_ARCHIVE=off JAVA_HOME=/proof/java PATH=/usr/sbin:/usr/bin:/sbin:/bin
		TimeoutStartSec=90
	END
	cd "$root"
	pivot_root . proof/old
	umount -l /proof/old
	exec env -i container=proof /lib/systemd/systemd --unit=proof.service --show-status=no
' - "$folder" "$2" "$3" </dev/null || status=$?

find "$cgroup" -depth -type d -exec rmdir {} \;
exit "$status"
