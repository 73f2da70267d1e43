#!/usr/bin/env bash
# A newcomer's program, word for word from bindings-mobile/README.md: in empty
# folders, on what is packed and not on the sources. It prints what stands there.
#
#   tests/mobile/newcomer.sh swift|kotlin [COMMAND …]
#
# The command is what runs Swift, where that is not `swift` itself.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
language=$1
shift
swift=("${@:-swift}")

# block SECTION LANGUAGE [N]: the Nth example of that section in that language.
block() {
    awk -v section="## $1" -v begin="\`\`\`$2" -v nth="${3:-1}" '
        /^## / { here = $0 == section }
        $0 == "```" { inside = 0 }
        inside
        here && $0 == begin && ++seen == nth { inside = 1 }' "$project/bindings-mobile/README.md"
}

folder=$project/target/newcomer/$language
app=$folder/app
rm -rf "$folder"
case $language in
swift)
    mkdir -p "$app/Sources/App"
    block Swift swift 1 >"$app/Package.swift"
    block Swift swift 2 >"$app/Sources/App/main.swift"
    # Its folder is said, since Swift may run in a root of its own.
    swift() { (cd "$project" && command "${swift[@]}" "$@" --package-path "$app" --scratch-path target/swift-newcomer); }
    ;;
kotlin)
    mkdir -p "$app/src/main/kotlin"
    block Kotlin xml >"$app/pom.xml"
    block Kotlin kotlin >"$app/src/main/kotlin/Main.kt"
    # What Maven resolved it keeps: in a place of its own, which begins with what
    # the user's has, so that no jar of before is found.
    kept=$project/target/newcomer-maven
    [ -d "$kept" ] || cp -as ~/.m2/repository/. "$kept" 2>/dev/null || true
    rm -rf "$kept/com/carekey"
    # What is printed is UTF-8, and nothing is coloured.
    export LC_ALL=C.UTF-8 MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.repo.local=$kept -Djansi.noreset=true"
    ;;
esac

eval "$(block "${language^}" sh 1 | sed "s#FOLDER#$folder#")"
cd "$app"
eval "$(block "${language^}" sh 2)" | tee "$folder/printed"
[ -s "$folder/printed" ]
diff <(block Swift text) "$folder/printed"
