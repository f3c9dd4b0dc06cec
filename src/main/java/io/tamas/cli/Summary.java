package io.tamas.cli;

import io.tamas.config.Secret;
import io.tamas.ops.FirstAdministrator;
import io.tamas.ops.Instance;
import io.tamas.ops.IpAddress;
import io.tamas.ops.Port;
import io.tamas.ops.Secrets;
import io.tamas.ops.SipNetwork;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// Addresses and commands, for the user who has just started an instance.
final class Summary {
  /// Accounts that are named one by one.
  private static final int ACCOUNTS = 20;

  private final List<String> extensions;
  private final Instance instance;
  private final Secrets secrets;
  private final News news;
  private final boolean hasDemoTrunk;

  /// What was made at this start, and not before.
  ///
  /// @param phones the passwords of the demonstration
  /// @param administrator the one-time password of the first user
  record News(boolean phones, boolean administrator) {
    static News since(Secrets before, Secrets now) {
      return new News(
          before.phones().isEmpty() && !now.phones().isEmpty(),
          !before.administrator().equals(now.administrator()));
    }
  }

  /// @param extensions of the company
  /// @param hasDemoTrunk whether `./tamas call` finds its trunk
  /// @param news what was made just now
  Summary(
      Instance instance,
      Secrets secrets,
      List<String> extensions,
      boolean hasDemoTrunk,
      News news) {
    this.news = news;
    this.hasDemoTrunk = hasDemoTrunk;
    this.extensions = List.copyOf(extensions);
    this.instance = instance;
    this.secrets = secrets;
  }

  /// @param withSecrets whether only the user sees what is printed: else it is told where they are
  void print(PrintStream out, boolean withSecrets) throws IOException {
    ShownSecrets shown = ShownSecrets.of(instance, withSecrets);
    String server = "http://127.0.0.1:" + instance.port(Port.HTTP);
    String http = server + "/api/v1";
    out.println();
    out.println("  Console          " + server + "/console/");
    out.println("  REST and events  " + http + "  (contract: " + http + "/openapi.yaml)");
    out.println("  API key          " + shown.text(secrets.apiKey(), "api-key"));
    if (news.administrator()) {
      secrets
          .administrator()
          .ifPresent(oneTime -> out.println(administrator(shown.text(oneTime, "admin"))));
    }
    out.println(
        "  Metrics, health  http://127.0.0.1:" + instance.port(Port.MANAGEMENT) + "/metrics");
    printSip(out, shown, IpAddress.ofThisMachine());
    new ForOthers(instance).lines().forEach(line -> out.println("  " + line));
    out.println("  Folder           " + instance.data());
    out.println();
    if (hasDemoTrunk) {
      out.println("  Place a call     ./tamas call --from +989121234567 --to 02191001000" + data());
    }
    out.println("  List calls       curl -H 'Authorization: Bearer <API key>' " + http + "/calls");
    out.println("  Stop             ./tamas down" + data() + "; in the foreground also Ctrl-C");
    out.println();
    out.flush();
  }

  static String administrator(String oneTime) {
    return "  First user       %s, one-time password %s (a new one is demanded)"
        .formatted(FirstAdministrator.NAME, oneTime);
  }

  private void printSip(PrintStream out, ShownSecrets shown, List<IpAddress> machine) {
    SipNetwork sip = instance.sip();
    int port = instance.port(Port.SIP);
    out.println("  SIP              " + sip.text(port) + " (UDP, TCP)" + tls());
    if (sip.address().isLoopback()) {
      out.println("  " + hint(machine));
    }
    String server = sip.server(machine).withPort(port);
    extensions.stream()
        .limit(ACCOUNTS)
        .forEach(extension ->
            out.println(
                "    account %s    server %s    %s"
                    .formatted(extension, server, password(extension, shown))));
    if (extensions.size() > ACCOUNTS) {
      out.println("    and " + (extensions.size() - ACCOUNTS) + " more: GET /api/v1/extensions");
    }
  }

  /// Known of the demonstration only, of which it was generated. Whether it was replaced since,
  /// only Asterisk knows.
  private String password(String extension, ShownSecrets shown) {
    Secret known = secrets.phones().get(extension);
    String another = "POST /api/v1/extensions/" + extension + "/password";
    if (known == null) {
      return "password by " + another;
    }
    return "password "
        + shown.text(known, "phones")
        + (news.phones() ? "" : "    unless it was replaced since; another by " + another);
  }

  private String data() {
    return instance.data().equals(Instance.defaultData(System.getenv()))
        ? ""
        : " --data " + instance.data();
  }

  private String tls() {
    int port = instance.port(Port.SIP_TLS);
    return instance.isForOthers() ? ", " + instance.sip().address().withPort(port) + " (TLS)" : "";
  }

  private static String hint(List<IpAddress> machine) {
    List<String> reachable =
        machine.stream().filter(one -> !one.isLoopback()).map(IpAddress::text).toList();
    String first = reachable.isEmpty() ? "IP" : reachable.getFirst();
    String others =
        reachable.size() < 2
            ? ""
            : " (or " + String.join(", ", reachable.subList(1, reachable.size())) + ")";
    return "Phones on other machines cannot register yet: ./tamas up --address " + first + others;
  }
}
