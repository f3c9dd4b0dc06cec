package io.tamas;

import io.tamas.company.Companies;
import io.tamas.company.Company;
import io.tamas.company.CompanyPlans;
import io.tamas.company.CompanyRoutes;
import io.tamas.company.CompanySnapshot;
import io.tamas.company.DeletedAudio;
import io.tamas.company.DeletedParts;
import io.tamas.company.ExtensionRoutes;
import io.tamas.company.FormerCompany;
import io.tamas.company.MovedSettings;
import io.tamas.company.PartRoutes;
import io.tamas.company.PhonePasswords;
import io.tamas.company.PromptAudioRoutes;
import io.tamas.company.PromptKeeper;
import io.tamas.company.PromptStore;
import io.tamas.company.ScheduleRoutes;
import io.tamas.company.SettingsRoutes;
import io.tamas.company.SwitchKeeper;
import io.tamas.company.TrunkPasswordRoutes;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.sound.Espeak;
import io.tamas.sound.Sox;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/// The company: its parts in the database, one snapshot of them in memory and on disk, and the
/// files of its prompts.
final class CompanyWing {
  private static final int MAX_WORDS = 200;

  private final Ground ground;
  private final Sox sox;
  private final PromptStore prompts;
  final CompanySnapshot snapshot;
  final Companies companies;

  CompanyWing(Ground ground) {
    this.ground = ground;
    snapshot =
        new CompanySnapshot(
            ground.database(), ground.config().company().snapshot(), ground.registry());
    companies = new Companies(ground.database(), snapshot, new PhonePasswords(new SecureRandom()));
    sox = new Sox(ground.config().audio().command());
    prompts = new PromptStore(ground.config().prompts().folder());
  }

  /// Numbers as people write them, by the plans of the trunks.
  WrittenNumbers writtenNumbers() {
    return new WrittenNumbers(CompanyPlans.of(snapshot.company()).ofTrunks());
  }

  /// What is known of the company to whoever guesses.
  List<String> words() {
    return Stream.concat(
            snapshot.company().groups().stream().map(Company.ExtensionGroup::title),
            snapshot.company().trunks().stream().map(Company.Trunk::name))
        .limit(MAX_WORDS)
        .toList();
  }

  void start() throws Exception {
    snapshot.workers().forEach(ground.workers()::add);
    ground.running().awaitStart(snapshot.start(), snapshot::close);
    SwitchKeeper switches = new SwitchKeeper(companies, snapshot::company, ground.clock());
    snapshot.onChange(_ -> switches.wake());
    switches.start();
    ground.workers().add(switches.worker());
    ground.running().closeWith(switches);
  }

  /// Once the tables are there. May wait.
  void takeOverSettings() {
    new MovedSettings(ground.database(), companies).takeOver(ground.config().crm());
  }

  void startPrompts() {
    Path folder = ground.config().prompts().folder();
    Espeak espeak = new Espeak(ground.config().speech().command(), sox);
    PromptKeeper keeper =
        new PromptKeeper(
            folder, prompts, espeak, snapshot::company, ground.clock(), ground.registry());
    snapshot.onChange(_ -> keeper.wake());
    keeper.start();
    ground.workers().add(keeper.worker());
    ground.running().closeWith(keeper);
  }

  List<Undoable> undoables() {
    return List.of(
        new DeletedParts(companies),
        new DeletedAudio(companies, prompts),
        new FormerCompany(companies));
  }

  /// @param troubles what is wrong with a trunk now
  /// @param provisioned waits for a phone as a version of the company has it
  List<Api> routes(CompanyRoutes.Troubles troubles, ObjLongConsumer<ExtensionNumber> provisioned) {
    return List.of(
        new ExtensionRoutes(
            companies,
            snapshot,
            number -> provisioned.accept(number, snapshot.company().version())),
        new SettingsRoutes(companies, snapshot),
        new PartRoutes(companies, snapshot),
        new CompanyRoutes(companies, snapshot, prompts, troubles),
        new TrunkPasswordRoutes(companies),
        new ScheduleRoutes(companies, Clock.systemUTC()),
        new PromptAudioRoutes(companies, prompts, sox));
  }
}
