# Sets JDK25 to a Java 25 (or newer) home, or leaves it empty. Sourced by ./openpanel and ./mvnw.

java_version_of() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk25() {
  JDK25=
  path_java=$(command -v java 2>/dev/null || true)
  path_home=
  if [ -n "$path_java" ]; then
    path_home=$(dirname "$(dirname "$(readlink -f "$path_java" 2>/dev/null || echo "$path_java")")")
  fi
  for candidate in "${OPENPANEL_JAVA_HOME:-}" "${JAVA_HOME:-}" "$path_home" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(java_version_of "$candidate")
    # The build wants 25 itself: bytecode tools follow the newest Java with a delay.
    if [ "${version:-0}" = 25 ] && [ -x "$candidate/bin/javac" ]; then
      JDK25=$candidate
      return 0
    fi
  done
}

need_jdk25() {
  find_jdk25
  [ -n "$JDK25" ] && return 0
  cat >&2 <<'TEXT'
openpanel-mcp needs a Java 25 development kit (JDK), and none was found.
Install one, then run this again:

  Debian, Ubuntu   apt install temurin-25-jdk     (https://adoptium.net/installation/linux)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install --cask temurin@25
  any              sdk install java 25-tem        (https://sdkman.io)

Another default Java may stay. A JDK in an unusual place: export OPENPANEL_JAVA_HOME=/where/it/is
TEXT
  return 1
}
