#!/bin/sh
# Starts the program from this stick. It keeps everything in mingcha-data beside this file and nothing on the computer.
here=$(cd "$(dirname "$0")" && pwd)
program=$here/program-linux/mingcha
if [ ! -x "$program" ]; then
    echo "此移动存储介质的挂载方式不允许运行程序（FAT32 常见）：请改用 exFAT、NTFS 或 ext4 格式。" >&2
    echo "No program can be started from this stick as it is mounted (usual with FAT32): use exFAT, NTFS or ext4." >&2
    exit 1
fi
exec "$program" --portable "$here/mingcha-data" "$@"
