package io.tamas.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where Asterisk's programs are: none of them need be installed on this machine.
public sealed interface AsteriskHome {

  /// Provides it, only when it is needed.
  @FunctionalInterface
  interface Source {
    AsteriskHome obtain() throws IOException, InterruptedException;

    /// Obtains it only once.
    static Source once(Source source) {
      AtomicReference<@Nullable AsteriskHome> found = new AtomicReference<>();
      return () -> {
        AsteriskHome known = found.get();
        if (known == null) {
          known = source.obtain();
          found.set(known);
        }
        return known;
      };
    }
  }

  /// The command that starts one of the programs with the data folder at `/instance`. It stays in
  /// the foreground, shares this machine's network, and its mounts vanish when it ends.
  ///
  /// @param name of this run, unique on the machine
  List<String> command(String name, Path data, List<String> program);

  /// The command that starts one of the programs isolated: with nothing of this machine but its
  /// standard streams, no network, and little time and memory. Arguments follow.
  List<String> alone(String program);

  /// The same for a user who is not root.
  default List<String> aloneInNamespaceOfUsers(String program) {
    return alone(program);
  }

  /// Ends what a killed run of that name may have left running.
  void sweep(String name) throws IOException, InterruptedException;

  /// A root file system below this machine's, entered in its own mount namespace.
  record Root(Path folder) implements AsteriskHome {
    /// `$1` is the root, `$2` the data folder; what follows is the program.
    private static final String ENTER =
        """
        set -eu
        PATH=$PATH:/usr/sbin:/sbin # not every user has them
        root=$1 data=$2
        shift 2
        mount --rbind "$data" "$root/instance"
        for folder in %s; do
          [ ! -d "$data/$folder" ] || [ "$(stat -Lc %%d:%%i "$data/$folder")" = "$(stat -Lc %%d:%%i "$root/instance/$folder")" ] || {
            echo "$data/$folder is not what Asterisk sees of it" >&2
            exit 1
          }
        done
        mount --bind "$data/asterisk/hosts" "$root/etc/hosts"
        [ ! -e "$data/asterisk/resolv.conf" ] || mount --bind "$data/asterisk/resolv.conf" "$root/etc/resolv.conf"
        mount --bind "$data/asterisk/tmp" "$root/tmp"
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" "$@"
        """;

    /// `$1` is the root; what follows is the program. Limits in seconds of processor time and
    /// kilobytes. Its `nobody` (Debian's 65534) owns nothing and can write nothing.
    private static final String CONFINE =
        """
        PATH=$PATH:/usr/sbin:/sbin; ulimit -t 60 -v 1048576; root=$1; shift; \
        exec chroot %s "$root" "$@"\
        """;

    @Override
    public List<String> command(String name, Path data, List<String> program) {
      List<String> line = unshare("--mount", LeastRights.isRoot());
      // what is mounted below the data folder later is seen too
      line.addAll(List.of("--propagation", "slave"));
      String enter = ENTER.formatted(String.join(" ", Instance.VOLUMES));
      line.addAll(List.of("sh", "-c", enter, name, folder.toString(), data.toString()));
      line.addAll(program);
      return List.copyOf(line);
    }

    @Override
    public List<String> alone(String program) {
      return alone(program, LeastRights.isRoot());
    }

    @Override
    public List<String> aloneInNamespaceOfUsers(String program) {
      return alone(program, false);
    }

    private List<String> alone(String program, boolean asRoot) {
      List<String> line = unshare("--net", asRoot);
      // a namespace of one user has no other user to switch to
      String user = asRoot ? "--userspec=65534:65534" : "";
      line.addAll(List.of("sh", "-c", CONFINE.formatted(user), "sh", folder.toString()));
      line.add(program);
      return List.copyOf(line);
    }

    private static List<String> unshare(String what, boolean asRoot) {
      List<String> line = new ArrayList<>(List.of("unshare", what));
      if (!asRoot) {
        line.addAll(List.of("--user", "--map-root-user"));
      }
      return line;
    }

    /// Nothing: process and mounts end together.
    @Override
    public void sweep(String name) {}
  }

  /// An image of Docker, for a user who is not root: the container runs as that user.
  record Image(String tag) implements AsteriskHome {
    @Override
    public List<String> command(String name, Path data, List<String> program) {
      List<String> line =
          new ArrayList<>(
              List.of("docker", "run", "--rm", "--init", "--name", name, "--network", "host"));
      line.addAll(List.of("--user", user(data), "--cap-drop", "ALL"));
      line.addAll(List.of("--security-opt", "no-new-privileges"));
      line.addAll(List.of("--volume", data + ":/instance", tag));
      line.addAll(LeastRights.withUmask(program));
      return List.copyOf(line);
    }

    private static String user(Path data) {
      return attribute(data, "unix:uid") + ":" + attribute(data, "unix:gid");
    }

    private static Object attribute(Path data, String name) {
      try {
        return Files.getAttribute(data, name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Ends by itself, even if nobody waits for it any more.
    @Override
    public List<String> alone(String program) {
      return List.of(
          "docker",
          "run",
          "--rm",
          "--interactive",
          "--network",
          "none",
          "--read-only",
          "--user",
          "65534:65534",
          "--memory",
          "1g",
          tag,
          "timeout",
          "60",
          program);
    }

    @Override
    public void sweep(String name) throws IOException, InterruptedException {
      Process remove =
          new ProcessBuilder("docker", "rm", "--force", name)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!remove.waitFor(20, TimeUnit.SECONDS)) {
        remove.destroyForcibly();
        throw new IOException("Docker does not answer");
      }
    }
  }

  /// Ends what a killed run of that name may have left running, wherever its programs came from. A
  /// container outlives the command that started it; without an engine there is none.
  static void sweepImage(String name) throws IOException, InterruptedException {
    if (AsteriskBuild.engineAnswers()) {
      new Image("").sweep(name);
    }
  }

  /// Builds it if it does not exist yet; that takes minutes the first time, with progress on
  /// standard error.
  ///
  /// @param home where Tamas is installed
  /// @throws IOException with a message for users
  static AsteriskHome obtain(Path home, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path folder = home.resolve("docker");
    if (!Files.isExecutable(folder.resolve("asterisk-root"))) {
      throw new IOException("no docker/asterisk-root in " + home + "; set TAMAS_HOME");
    }
    String kind = environment.getOrDefault("TAMAS_ASTERISK", "");
    boolean docker = kind.equals("docker") || (kind.isEmpty() && AsteriskBuild.engineAnswers());
    Path image = folder.resolve("asterisk-image");
    if (docker && !LeastRights.isRoot()) {
      return new Image(AsteriskBuild.printed(image));
    }
    // of root's engine only its images are used: the users as which Asterisk and Tamas run may not
    // use it
    return new Root(
        Path.of(
            docker
                ? AsteriskBuild.printed(image, "--root")
                : AsteriskBuild.printed(folder.resolve("asterisk-root"))));
  }
}
