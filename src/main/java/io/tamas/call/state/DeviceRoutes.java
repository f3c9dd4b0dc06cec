package io.tamas.call.state;

import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.phones.Device;
import io.tamas.asterisk.phones.Devices;
import io.tamas.company.CompanySnapshot;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registered devices of an extension by REST: listed, and put out one by one.
public final class DeviceRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(DeviceRoutes.class);

  private final Devices devices;
  private final CompanySnapshot company;

  public DeviceRoutes(Devices devices, CompanySnapshot company) {
    this.devices = devices;
    this.company = company;
  }

  private record Listed(List<Device> items) {}

  @FunctionalInterface
  private interface AsteriskRequest<T> {
    T run() throws TimeoutException;
  }

  @Override
  public void mount(Operations on) {
    on.on("listDevices", this::list).on("putOutDevice", this::putOut);
  }

  private Response list(Request request) {
    ExtensionNumber extension = extension(request);
    return Response.ok(new Listed(withAsterisk(() -> devices.list(extension))));
  }

  private Response putOut(Request request) {
    ExtensionNumber extension = extension(request);
    String id = request.path("id");
    if (!withAsterisk(() -> devices.putOut(extension, id))) {
      throw Problem.notFound("device " + id + " of extension " + extension.digits());
    }
    log.atInfo()
        .addKeyValue("extension", extension.digits())
        .addKeyValue("device", id)
        .addKeyValue("by", request.principal())
        .log("device put out");
    return Response.noContent();
  }

  private ExtensionNumber extension(Request request) {
    ExtensionNumber number = new ExtensionNumber(request.path("number"));
    request.requireReached(number);
    if (company.get().extension(number).isEmpty()) {
      throw Problem.notFound("extension " + number.digits());
    }
    return number;
  }

  private static <T> T withAsterisk(AsteriskRequest<T> action) {
    try {
      return action.run();
    } catch (AmiFault | AriFault | TimeoutException e) {
      throw Problem.unavailable("Asterisk does not answer: " + e.getMessage());
    }
  }
}
