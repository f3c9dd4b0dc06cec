package io.tamas.cli;

import io.tamas.ops.FileFault;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.IpAddress;
import io.tamas.ops.Port;
import io.tamas.ops.PortCheck;
import io.tamas.ops.PortClaims;
import io.tamas.ops.Ports;
import io.tamas.ops.Secrets;
import io.tamas.ops.SipNetwork;
import io.tamas.ops.StartException;
import io.tamas.ops.TlsRequest;
import io.tamas.ops.TlsSettings;
import io.tamas.ops.VoiceSettings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// What an instance is told before it starts; each is stored in the instance.
final class StartOptions {
  @Mixin private final PortOptions ports = new PortOptions();
  @Mixin private final SipOptions sip = new SipOptions();
  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final VoiceOptions voice = new VoiceOptions();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /// The instance as it was last started, with its folders; a wrong option leaves none behind.
  ///
  /// @throws StartException as [#requested], or because the folder cannot be used
  Instance open(Path data) throws IOException, StartException {
    return named(() -> opened(data));
  }

  private Instance opened(Path data) throws IOException, StartException {
    try {
      Instance before = InstanceFolder.read(data);
      told(before, network(before), ports.requested(System.getenv()));
      return InstanceFolder.open(data);
    } catch (FileSystemException e) {
      throw new StartException(
          "--data: %s cannot be the folder of an instance: %s".formatted(data, FileFault.text(e)),
          e);
    }
  }

  /// The instance as it is requested; nothing is stored yet.
  ///
  /// @param claims of this instance, to which free ports are added
  /// @throws StartException with a message for users that names the option or the variable of the
  ///   environment, and its rule
  Instance requested(Instance before, PortClaims claims) throws IOException, StartException {
    return named(() -> chosen(before, claims));
  }

  private Instance chosen(Instance before, PortClaims claims) throws IOException {
    SipNetwork network = network(before);
    Map<Port, Integer> requested = ports.requested(System.getenv());
    if (ports.free()) {
      Ports wanted = Ports.choose(requested, before.ports().numbers());
      requested = PortCheck.findFree(wanted, network.address(), claims);
    }
    return told(before, network, requested);
  }

  private SipNetwork network(Instance before) throws IOException {
    SipNetwork network = sip.requested(System.getenv()).applyTo(before.sip());
    network.requireOn(IpAddress.ofThisMachine());
    return network;
  }

  private Instance told(Instance before, SipNetwork network, Map<Port, Integer> numbers)
      throws IOException {
    TlsRequest encryption = tls.requested(System.getenv());
    TlsSettings settings = encryption.applyTo(before.tls());
    if (!settings.equals(before.tls())) {
      encryption.requireFiles();
    }
    VoiceSettings told = voice.told(before.voice(), System.getenv());
    return InstanceFolder.choose(before.data(), numbers, network, settings, told);
  }

  /// Issues the certificate, if there is need of one, and stores what was requested.
  ///
  /// @param before the instance as it is stored
  /// @param kept the secrets as they are stored
  /// @return a warning, if the certificate is no longer good
  Optional<String> keep(Instance before, Instance instance, Secrets kept, Secrets secrets)
      throws IOException, StartException {
    Optional<String> warning =
        instance.isForOthers() ? named(() -> certified(before, instance)) : Optional.empty();
    InstanceFolder.keep(instance);
    if (!secrets.equals(kept)) {
      secrets.save(instance.secretsFile());
    }
    return warning;
  }

  private static Optional<String> certified(Instance before, Instance instance)
      throws StartException {
    try {
      return instance
          .certificates()
          .prepare(instance.cell(), instance.sip(), instance.tls(), before.tls(), Instant.now());
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private interface Step<T> {
    T take() throws IOException, StartException;
  }

  /// What is wrong is told by the name under which the user wrote it.
  private <T> T named(Step<T> step) throws IOException, StartException {
    try {
      return step.take();
    } catch (IllegalArgumentException | StartException e) {
      ParseResult line = Objects.requireNonNull(spec).commandLine().getParseResult();
      String told = String.valueOf(e.getMessage());
      throw new StartException(WrittenNames.in(told, line::hasMatchedOption, System.getenv()), e);
    }
  }
}
