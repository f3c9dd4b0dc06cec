package io.tamas;

import io.tamas.asterisk.agi.AgiServer;
import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.agi.Variable;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ami.SignInWatch;
import io.tamas.asterisk.ami.TrunkAttempt;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.asterisk.ari.ChannelReconciliation;
import io.tamas.asterisk.phones.DeviceWatch;
import io.tamas.asterisk.phones.Devices;
import io.tamas.asterisk.phones.EmergencyNumbers;
import io.tamas.asterisk.phones.EndpointLedger;
import io.tamas.asterisk.phones.LampRightsKeeper;
import io.tamas.asterisk.phones.MessageLamps;
import io.tamas.asterisk.phones.NameServers;
import io.tamas.asterisk.phones.OwnLamps;
import io.tamas.asterisk.phones.PhoneProvisioning;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.asterisk.phones.SignInDefence;
import io.tamas.asterisk.phones.TransferKeys;
import io.tamas.asterisk.phones.TrunkAddresses;
import io.tamas.asterisk.phones.TrunkWatch;
import io.tamas.call.LostCalls;
import io.tamas.call.control.TransferGuard;
import io.tamas.call.state.DeviceEvents;
import io.tamas.call.state.ExtensionStates;
import io.tamas.number.ExtensionNumber;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// The edges to Asterisk: requests of the dialplan, the REST interface and its events, the manager
/// interface, and the phones and trunks of the company in Asterisk.
final class AsteriskWing {
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(30);
  private static final Duration PHONE_STATE_GRACE = Duration.ofSeconds(5);

  private final Ground ground;

  /// Of one request to Asterisk.
  final Duration timeout;

  final AriServer ari;
  final AmiClient ami;
  private final DeviceWatch deviceWatch;
  final Devices devices;
  final MessageLamps messages;
  private final NameServers names;
  final TrunkAddresses trunkAddresses;
  final TransferGuard transfers;
  private volatile Runnable provisionsAgain = () -> {};
  private volatile ObjLongConsumer<ExtensionNumber> awaitsPhone = (_, _) -> {};

  AsteriskWing(Ground ground) {
    this.ground = ground;
    timeout = ground.config().ari().requestTimeout();
    ari =
        new AriServer(
            ground.vertx(), ground.config().ari(), AsteriskWing::isLoopback, ground.registry());
    ami = new AmiClient(ground.config().ami(), ground.registry());
    deviceWatch =
        new DeviceWatch(
            ami, new DeviceEvents(ground.database()), ground.clock(), ground.registry());
    devices = new Devices(ari, ami, deviceWatch, timeout);
    messages = new MessageLamps(ami, ground.config().mailboxes().folder(), ground.registry());
    names = new NameServers(ground.vertx(), ground.config().trunks().nameServer());
    trunkAddresses =
        new TrunkAddresses(
            names,
            ground.config().media().address().contains(":"),
            ground.clock(),
            new SecureRandom());
    transfers = new TransferGuard(ari, timeout, ground.registry());
  }

  /// @param scripts by the name of the dialplan's request
  /// @param refusal what is set where a session fails because of its call
  void startAgi(Map<String, Script> scripts, Variable refusal) throws Exception {
    AgiServer agi =
        new AgiServer(
            ground.vertx(),
            ground.config().agi(),
            scripts,
            Optional.of(refusal),
            ground.registry());
    ground.running().awaitStart(agi.start(), agi::close);
  }

  /// What was found of a trunk changes how it is provisioned.
  void provisionAgain() {
    provisionsAgain.run();
  }

  /// Waits until Asterisk has a phone as a version of the company has it, if that can be soon.
  void awaitPhone(ExtensionNumber number, long version) {
    awaitsPhone.accept(number, version);
  }

  /// @param attempts is told of each trunk that is called; must not wait
  void start(CompanyWing company, CallWing calls, Consumer<TrunkAttempt> attempts)
      throws Exception {
    ExtensionStates states = calls.states;
    LostCalls lost = calls.lost;
    EndpointLedger ledger =
        new EndpointLedger(ground.config().company().snapshot().resolveSibling("phones.ledger"));
    PhoneProvisioning provisioning =
        new PhoneProvisioning(
            ari, ami, ledger, ground.config().media(), timeout, ground.registry());
    PhoneStates phones = new PhoneStates(ari, states, timeout, PHONE_STATE_GRACE);
    OwnLamps lamps = new OwnLamps(ari, timeout);
    LampRightsKeeper rights = new LampRightsKeeper(ami, timeout);
    EmergencyNumbers emergency = new EmergencyNumbers(ami, timeout);
    TransferKeys keys = new TransferKeys(ami, timeout);
    PartFaults faults = new PartFaults(ground.database(), ground.registry());
    provisioning.reportTo(faults);
    emergency.reportTo(faults);
    SignInDefence defence = signInDefence();
    TrunkWatch trunks =
        new TrunkWatch(ami, ami, ground.config().journal().folder(), names, calls.trunks);
    SignInWatch signIns =
        new SignInWatch(
            ground.config().ami(),
            new SignInWatch.Listeners(
                defence::onSignIn,
                deviceWatch::onChange,
                trunks::changed,
                attempts,
                transfers::onTransfer,
                calls::parked,
                calls.rtcp::received),
            ground.registry());
    CompanyPhones companyPhones =
        new CompanyPhones(
            provisioning,
            phones,
            states,
            new CompanyPhones.Lines(trunks, calls.trunks, calls.habits, trunkAddresses),
            lamps,
            rights,
            messages,
            emergency,
            keys,
            new CompanyPhones.Passwords(
                company.companies::passwords, company.companies::trunkPasswords),
            faults);
    ChannelReconciliation channels =
        new ChannelReconciliation(
            ari, lost::openChannels, lost::closeLost, RECONCILE_EVERY, timeout);
    List.of(
            provisioning,
            phones,
            lamps,
            rights,
            messages,
            emergency,
            keys,
            defence,
            channels,
            trunks)
        .forEach(ari::listen);
    provisionsAgain = companyPhones::again;
    awaitsPhone = companyPhones::awaitPhone;
    company.snapshot.onChange(changed -> companyPhones.company(changed.company()));
    companyPhones.company(company.snapshot.company());
    faults.start();
    ami.start();
    provisioning.start();
    phones.start();
    lamps.start();
    rights.start();
    messages.start();
    emergency.start();
    keys.start();
    defence.start();
    deviceWatch.start();
    trunks.start();
    trunkAddresses.start();
    transfers.start();
    signIns.start();
    companyPhones.start();
    channels.start();
    ground
        .workers()
        .add(
            faults.worker(),
            ami.worker(),
            provisioning.worker(),
            phones.worker(),
            lamps.worker(),
            rights.worker(),
            messages.worker(),
            emergency.worker(),
            keys.worker(),
            defence.worker(),
            deviceWatch.worker(),
            trunks.worker(),
            trunkAddresses.worker(),
            transfers.worker(),
            signIns.worker(),
            companyPhones.worker(),
            channels.worker());
    ground
        .running()
        .closeWith(
            faults,
            ami,
            provisioning,
            phones,
            lamps,
            rights,
            messages,
            emergency,
            keys,
            defence,
            deviceWatch,
            trunks,
            transfers,
            signIns,
            companyPhones,
            channels);
    ground.running().stopWith(trunkAddresses::close);
    ground.running().awaitStart(ari.start(), ari::close);
  }

  private SignInDefence signInDefence() {
    return new SignInDefence(
        ari,
        ground.config().security().failures(),
        ground.config().security().shutOut(),
        new SignInAlarms(ground.database()),
        timeout,
        ground.clock(),
        ground.registry());
  }

  private static boolean isLoopback(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }
}
