package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.ops.RestClient;
import java.io.IOException;

/// The trunk of the demo company, whose carrier is played by `./tamas call`. Another company need
/// not have it.
final class DemoTrunk {
  /// The address of its carrier.
  static final String CARRIER = "127.0.0.2";

  private DemoTrunk() {}

  static boolean isIn(RestClient rest) throws IOException, InterruptedException {
    return isAmong(rest.get("/trunks?limit=200").path("items"));
  }

  static boolean isAmong(JsonNode trunks) {
    for (JsonNode trunk : trunks) {
      for (JsonNode address : trunk.path("addresses")) {
        if (address.asText().replaceFirst("/32$", "").equals(CARRIER)) {
          return true;
        }
      }
    }
    return false;
  }
}
