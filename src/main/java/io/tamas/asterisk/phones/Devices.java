package io.tamas.asterisk.phones;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.ami.Contact;
import io.tamas.asterisk.ami.Contacts;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriRequest.Method;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.number.ExtensionNumber;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The devices that are registered for an extension, as Asterisk knows them now. Not for event
/// loops.
///
/// While Asterisk is unavailable, each method throws an [io.tamas.asterisk.ami.AmiFault] or an
/// [AriFault].
public final class Devices {
  private final Ari ari;
  private final Contacts contacts;
  private final DeviceWatch watch;
  private final Duration timeout;

  /// @param timeout of each request to Asterisk
  public Devices(Ari ari, Contacts contacts, DeviceWatch watch, Duration timeout) {
    this.ari = ari;
    this.contacts = contacts;
    this.watch = watch;
    this.timeout = timeout;
  }

  /// By address.
  public List<Device> list(ExtensionNumber extension) {
    return contacts.of(extension.digits()).stream()
        .map(contact -> Device.of(contact, watch.registeredAt(extension, Device.id(contact.uri()))))
        .sorted((one, other) -> one.address().compareTo(other.address()))
        .toList();
  }

  /// Puts out one device: it is no longer rung, and its calls are hung up. It may register again.
  ///
  /// @return false if there is none of this id
  public boolean putOut(ExtensionNumber extension, String id) throws TimeoutException {
    Optional<Contact> found =
        contacts.of(extension.digits()).stream()
            .filter(contact -> Device.id(contact.uri()).equals(id))
            .findFirst();
    if (found.isEmpty()) {
      return false;
    }
    ask(AriRequest.delete("asterisk/config/dynamic/res_pjsip/contact/" + path(found.get().id())));
    Optional<String> address = Device.address(found.get().uri());
    for (String channel : channels(extension)) {
      if (address.equals(address(channel))) {
        ask(AriRequest.delete(AriRequest.channel(channel)));
      }
    }
    return true;
  }

  /// The unique ids of the channels of an extension's devices.
  private List<String> channels(ExtensionNumber extension) throws TimeoutException {
    AriResponse endpoint = ask(AriRequest.get("endpoints/PJSIP/" + extension.digits()));
    List<String> channels = new ArrayList<>();
    if (endpoint.ok()) {
      for (JsonNode id : endpoint.json().path("channel_ids")) {
        channels.add(id.asText());
      }
    }
    return channels;
  }

  /// Where the device of a channel is; empty if the channel has ended.
  private Optional<String> address(String channel) throws TimeoutException {
    AriResponse uri =
        ask(
            new AriRequest(
                Method.GET,
                AriRequest.channel(channel) + "/variable",
                Map.of("variable", "CHANNEL(pjsip,target_uri)"),
                Optional.empty()));
    return uri.ok() ? Device.address(uri.json().path("value").asText()) : Optional.empty();
  }

  private AriResponse ask(AriRequest request) throws TimeoutException {
    return ari.request(request).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String path(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
