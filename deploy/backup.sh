#!/bin/sh
# Backups of the database and its files: `backup.sh once`, `daily` (at $AT_HOUR, for ever), `check` (is the last one fresh?).
# PG… variables say where the database is; DATABASE, FILESTORE, BACKUPS and KEEP_DAYS the rest.
# To restore (Odoo stopped): pg_restore --clean --if-exists --no-owner -d panier DAY/database.dump, and unpack
# DAY/filestore.tar.gz in place of the filestore.
set -eu

once() {
    day=$(date +%Y-%m-%d)
    part="$BACKUPS/.$day.part"
    rm -rf "$part"
    mkdir -p "$part"
    # The database first: a file it names is there already, a newer file does no harm.
    pg_dump --format=custom --file="$part/database.dump" "$DATABASE"
    pg_restore --list "$part/database.dump" >/dev/null
    tar -czf "$part/filestore.tar.gz" -C "$FILESTORE" .
    rm -rf "${BACKUPS:?}/$day"
    mv "$part" "$BACKUPS/$day"
    touch "$BACKUPS/$day"
    # Only whole days are counted and only once today's is safe.
    find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' -mtime "+$KEEP_DAYS" -exec rm -rf {} +
    echo "backup: $BACKUPS/$day"
}

daily() {
    while true; do
        if [ "$(date +%H)" -ge "$AT_HOUR" ] && [ ! -d "$BACKUPS/$(date +%Y-%m-%d)" ]; then
            once || echo "backup: failed, next try in ten minutes" >&2
        fi
        sleep 600
    done
}

check() {
    [ -n "$(find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '????-??-??' -mtime -2)" ]
}

case "${1:-}" in
    once | daily | check) "$1" ;;
    *) echo "usage: backup.sh once|daily|check" >&2; exit 2 ;;
esac
