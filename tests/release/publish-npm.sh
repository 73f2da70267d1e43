#!/usr/bin/env bash
# Publishes the packages for npm of a folder, each with where it was built; those
# of the platforms before the one that names them. Only the workflow may.
#
#   publish-npm.sh FOLDER [--dry-run]
set -euo pipefail
folder=$1
shift
for package in "$folder"/carekey-[a-z]*.tgz "$folder"/carekey-[0-9]*.tgz; do
    npm publish "$package" --provenance --access public "$@"
done
