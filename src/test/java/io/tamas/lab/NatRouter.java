package io.tamas.lab;

import io.tamas.ops.AsteriskHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The router between this machine and phones: a [PhoneNetwork]'s namespace, with a second cable to
/// a namespace of the phones. Its card `phones` leads to this machine, its card `far` to the
/// phones.
final class NatRouter {
  private final String name;
  private final String beyond;
  private final String phones;

  /// @param name of the namespace that becomes the router
  /// @param far its address towards the phones
  NatRouter(String name, String far, String phones) {
    this.name = name;
    this.beyond = name + "p";
    this.phones = phones;
    PhoneNetwork.run(List.of("ip", "netns", "add", beyond));
    PhoneNetwork.run(
        in(
            name,
            List.of(
                "ip", "link", "add", "far", "type", "veth", "peer", "name", "phones", "netns",
                beyond)));
    PhoneNetwork.run(in(name, List.of("ip", "address", "add", far + "/30", "dev", "far")));
    PhoneNetwork.run(in(name, List.of("ip", "link", "set", "far", "up")));
    PhoneNetwork.run(inside(List.of("ip", "address", "add", phones + "/30", "dev", "phones")));
    PhoneNetwork.run(inside(List.of("ip", "link", "set", "phones", "up")));
    PhoneNetwork.run(inside(List.of("ip", "link", "set", "lo", "up")));
    PhoneNetwork.run(inside(List.of("ip", "route", "add", "default", "via", far)));
    PhoneNetwork.run(in(name, List.of("sysctl", "-qw", "net.ipv4.ip_forward=1")));
  }

  String phones() {
    return phones;
  }

  /// Translates by these rules of nft, which is from the same house as Asterisk.
  ///
  /// @param folder for its files
  void rules(AsteriskHome programs, Path folder, String rules) {
    try {
      Files.createDirectories(folder.resolve("asterisk/tmp"));
      Files.writeString(folder.resolve("asterisk/hosts"), "127.0.0.1 localhost\n");
      Files.writeString(folder.resolve("nat.nft"), rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PhoneNetwork.run(
        in(name, programs.command("tamas-nft", folder, List.of("nft", "-f", "/instance/nat.nft"))));
  }

  List<String> inside(List<String> command) {
    return in(beyond, command);
  }

  static List<String> in(String namespace, List<String> command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    line.addAll(command);
    return List.copyOf(line);
  }

  void close() {
    PhoneNetwork.run(List.of("ip", "netns", "delete", beyond));
  }
}
