package io.tamas;

import io.tamas.config.Config;
import io.tamas.crm.CallerLookup;
import io.tamas.crm.CallerProfiles;
import io.tamas.crm.ContactNoteRoutes;
import io.tamas.crm.ContactNotes;
import io.tamas.crm.DeletedFields;
import io.tamas.crm.DeletedGroups;
import io.tamas.crm.DeletedNotes;
import io.tamas.crm.DeletedProfiles;
import io.tamas.crm.DuplicateRoutes;
import io.tamas.crm.Duplicates;
import io.tamas.crm.FoldingRenewal;
import io.tamas.crm.MergedIds;
import io.tamas.crm.NoteTimeline;
import io.tamas.crm.ProfileFieldRoutes;
import io.tamas.crm.ProfileFields;
import io.tamas.crm.ProfileGroupRoutes;
import io.tamas.crm.ProfileGroups;
import io.tamas.crm.ProfileMergeRoutes;
import io.tamas.crm.ProfileMerges;
import io.tamas.crm.ProfileOwners;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.crm.TimelineRoutes;
import io.tamas.crm.TimelineSource;
import io.tamas.crm.UndoneMerges;
import io.tamas.crm.exchange.ExportRoutes;
import io.tamas.crm.exchange.ImportFolder;
import io.tamas.crm.exchange.ImportRoutes;
import io.tamas.crm.exchange.Importer;
import io.tamas.crm.exchange.Imports;
import io.tamas.crm.exchange.Uploads;
import io.tamas.crm.outside.OutsideCrm;
import io.tamas.crm.outside.OutsideRoutes;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Profiles, and the lookup of callers.
final class CrmWing {
  /// Connections to the CRM outside.
  private static final int OUTSIDE_AT_ONCE = 8;

  private final Ground ground;
  private final CompanyWing company;
  private final Profiles profiles;
  private final Imports imports;
  private final ImportFolder importFolder;
  private final Uploads uploads;
  private final Importer importer;
  final CallerLookup callers;
  final CallerProfiles callerProfiles;
  final ProfileOwners owners;
  final Optional<OutsideCrm> outside;
  final MergedIds merged;

  CrmWing(Ground ground, CompanyWing company) {
    this.ground = ground;
    this.company = company;
    profiles = new Profiles(ground.database(), company::writtenNumbers);
    imports = new Imports(ground.database(), ground.clock());
    importFolder = new ImportFolder(ground.config().imports().folder());
    uploads =
        new Uploads(
            imports,
            importFolder,
            ground.config().imports().maxBytes(),
            ground.config().storage().fullBytes());
    importer =
        new Importer(
            imports, importFolder, company::writtenNumbers, ground.clock(), ground.registry());
    merged = new MergedIds(ground.database());
    callerProfiles = new CallerProfiles(profiles, company::writtenNumbers);
    owners = new ProfileOwners(ground.database());
    outside = outside(ground);
    callers =
        new CallerLookup(
            ground.database(),
            ground.config().lookup(),
            () -> company.snapshot.company().settings().categoryOfUnknownCallers(),
            ground.registry());
  }

  private static Optional<OutsideCrm> outside(Ground ground) {
    Config.OutsideCrm config = ground.config().outsideCrm();
    if (!config.isOn()) {
      return Optional.empty();
    }
    OutboundClient client =
        new OutboundClient(
            ground.vertx(),
            ground.config().outbound(),
            Resolver.ofMachine(ground.vertx(), OUTSIDE_AT_ONCE),
            config.timeout(),
            OUTSIDE_AT_ONCE);
    ground.running().closeWith(client);
    return Optional.of(new OutsideCrm(config, client, System::nanoTime, ground.registry()));
  }

  /// What reads and writes tables.
  void startStorage() {
    FoldingRenewal folding = new FoldingRenewal(ground.database(), ground.registry());
    folding.start();
    ground.workers().add(folding.worker());
    ground.running().stopWith(folding::close);
    importer.start();
    ground.workers().add(importer.worker());
    ground.running().stopWith(importer::close);
  }

  List<Undoable> undoables() {
    return List.of(
        new DeletedProfiles(),
        new DeletedNotes(),
        new DeletedGroups(),
        new DeletedFields(),
        new UndoneMerges(profiles));
  }

  /// @param timelines what other features know of what happened with somebody
  List<Api> routes(List<TimelineSource> timelines) {
    ContactNotes notes = new ContactNotes(ground.database());
    List<TimelineSource> sources = new ArrayList<>(timelines);
    sources.add(new NoteTimeline(notes));
    return List.of(
        new ProfileRoutes(profiles, company::writtenNumbers),
        new OutsideRoutes(outside, company::writtenNumbers),
        new ContactNoteRoutes(profiles, notes),
        new TimelineRoutes(profiles, merged, company::writtenNumbers, sources),
        new ProfileMergeRoutes(new ProfileMerges(ground.database(), profiles), ground.registry()),
        new DuplicateRoutes(new Duplicates(ground.database())),
        new ProfileGroupRoutes(new ProfileGroups(ground.database())),
        new ProfileFieldRoutes(new ProfileFields(ground.database())),
        new ImportRoutes(imports, importFolder, uploads, importer::wake),
        new ExportRoutes(ground.database(), profiles.lists()));
  }
}
