package io.tamas.cli;

import io.tamas.ops.Instance;
import io.tamas.ops.Port;
import io.tamas.ops.Secrets;
import java.io.PrintStream;
import java.util.TreeMap;

/// Addresses and commands, for the user who has just started an instance.
final class Summary {
  private final Instance instance;
  private final Secrets secrets;

  Summary(Instance instance, Secrets secrets) {
    this.instance = instance;
    this.secrets = secrets;
  }

  void print(PrintStream out) {
    String http = "http://127.0.0.1:" + instance.port(Port.HTTP) + "/api/v1";
    out.println();
    out.println("  REST and events  " + http + "  (contract: " + http + "/openapi.yaml)");
    out.println("  API key          " + secrets.apiKey().reveal());
    out.println(
        "  Metrics, health  http://127.0.0.1:" + instance.port(Port.MANAGEMENT) + "/metrics");
    out.println("  SIP server       127.0.0.1:" + instance.port(Port.SIP) + " (UDP)");
    new TreeMap<>(secrets.phones())
        .forEach((extension, password) ->
            out.println("    account " + extension + "    password " + password.reveal()));
    out.println("  Folder           " + instance.data());
    out.println();
    out.println("  Place a call     ./tamas call --from +989121234567 --to 02191001000");
    out.println("  List calls       curl -H 'Authorization: Bearer <API key>' " + http + "/calls");
    out.println("  Stop             Ctrl-C here, or ./tamas down");
    out.println();
    out.flush();
  }
}
