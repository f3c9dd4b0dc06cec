package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file of an instance with its [SipNetwork]. One that was last started before there was such a
/// file is on loopback.
final class StoredSipNetwork {
  private static final String ADDRESS = "address";
  private static final String EXTERNAL = "externalAddress";
  private static final String LOCAL_NETS = "localNets";

  private StoredSipNetwork() {}

  /// @throws IOException with a message for users, if somebody wrote something else into it
  static SipNetwork read(Path file) throws IOException {
    Map<String, Object> read = Yaml.read(file);
    List<?> nets = read.get(LOCAL_NETS) instanceof List<?> list ? list : List.of();
    SipRequest stored =
        new SipRequest(
            Yaml.text(read, ADDRESS),
            Yaml.text(read, EXTERNAL),
            nets.stream().map(String::valueOf).toList());
    try {
      return stored.applyTo(SipNetwork.LOOPBACK);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static void write(Path file, SipNetwork network) throws IOException {
    SipRequest request = network.asRequest();
    Map<String, Object> values = new LinkedHashMap<>();
    request.address().ifPresent(address -> values.put(ADDRESS, address));
    request.externalAddress().ifPresent(address -> values.put(EXTERNAL, address));
    if (!request.localNets().isEmpty()) {
      values.put(LOCAL_NETS, request.localNets());
    }
    Yaml.write(file, "Where phones and trunks reached the instance at the last start.", values);
  }
}
