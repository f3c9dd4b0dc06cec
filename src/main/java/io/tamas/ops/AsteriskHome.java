package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Where Asterisk's programs lie: this machine needs none of them installed.
public sealed interface AsteriskHome {

  /// Where it comes from, asked only when it is needed.
  @FunctionalInterface
  interface Source {
    AsteriskHome obtain() throws IOException, InterruptedException;
  }

  /// How a program of that house is started with the data folder at `/instance`. It stays in the
  /// foreground, shares this machine's network, and takes its mounts with it when it ends.
  ///
  /// @param name of this run, unique on the machine
  List<String> command(String name, Path data, List<String> program);

  /// Ends what a killed run of that name may have left.
  void sweep(String name) throws IOException, InterruptedException;

  /// A root file system below this machine's, entered in a mount name space of its own.
  record Root(Path folder) implements AsteriskHome {
    /// `$1` is the root, `$2` the data folder; what follows is the program.
    private static final String ENTER =
        """
        set -eu
        root=$1 data=$2
        shift 2
        mount --bind "$data" "$root/instance"
        mount --bind "$data/asterisk/hosts" "$root/etc/hosts"
        mount --bind "$data/asterisk/tmp" "$root/tmp"
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" "$@"
        """;

    @Override
    public List<String> command(String name, Path data, List<String> program) {
      List<String> line = new ArrayList<>(List.of("unshare", "--mount"));
      if (!System.getProperty("user.name").equals("root")) {
        line.addAll(List.of("--user", "--map-root-user"));
      }
      line.addAll(List.of("sh", "-c", ENTER, name, folder.toString(), data.toString()));
      line.addAll(program);
      return List.copyOf(line);
    }

    /// Nothing: process and mounts end together.
    @Override
    public void sweep(String name) {}
  }

  /// An image of Docker.
  record Image(String tag) implements AsteriskHome {
    @Override
    public List<String> command(String name, Path data, List<String> program) {
      List<String> line =
          new ArrayList<>(
              List.of("docker", "run", "--rm", "--name", name, "--network", "host", "--volume"));
      line.addAll(List.of(data + ":/instance", tag));
      line.addAll(program);
      return List.copyOf(line);
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

  /// Ends what a killed run of that name may have left, wherever its programs came from. A
  /// container outlives the command that started it; without an engine there is none.
  static void sweepImage(String name) throws IOException, InterruptedException {
    if (AsteriskBuild.engineAnswers()) {
      new Image("").sweep(name);
    }
  }

  /// Makes it where it is not there yet; that takes minutes the first time and is told on standard
  /// error.
  ///
  /// @param home where Tamas is installed
  /// @throws IOException with a text for people
  static AsteriskHome obtain(Path home, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path folder = home.resolve("docker");
    if (!Files.isExecutable(folder.resolve("asterisk-root"))) {
      throw new IOException("no docker/asterisk-root in " + home + "; set TAMAS_HOME");
    }
    String kind = environment.getOrDefault("TAMAS_ASTERISK", "");
    boolean docker = kind.equals("docker") || (kind.isEmpty() && AsteriskBuild.engineAnswers());
    return docker
        ? new Image(AsteriskBuild.printed(folder.resolve("asterisk-image")))
        : new Root(Path.of(AsteriskBuild.printed(folder.resolve("asterisk-root"))));
  }
}
