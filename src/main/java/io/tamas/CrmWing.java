package io.tamas;

import io.tamas.crm.CallerLookup;
import io.tamas.crm.CallerProfiles;
import io.tamas.crm.ContactNoteRoutes;
import io.tamas.crm.ContactNotes;
import io.tamas.crm.FoldingRenewal;
import io.tamas.crm.ProfileFieldRoutes;
import io.tamas.crm.ProfileFields;
import io.tamas.crm.ProfileGroupRoutes;
import io.tamas.crm.ProfileGroups;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.crm.exchange.ExportRoutes;
import io.tamas.crm.exchange.ImportFolder;
import io.tamas.crm.exchange.ImportRoutes;
import io.tamas.crm.exchange.Importer;
import io.tamas.crm.exchange.Imports;
import io.tamas.crm.exchange.Uploads;
import io.tamas.web.Api;
import java.util.List;

/// Profiles, and the lookup of callers.
final class CrmWing {
  private final Ground ground;
  private final CompanyWing company;
  private final Profiles profiles;
  private final Imports imports;
  private final ImportFolder importFolder;
  private final Uploads uploads;
  private final Importer importer;
  final CallerLookup callers;
  final CallerProfiles callerProfiles;

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
    callerProfiles = new CallerProfiles(profiles, company::writtenNumbers);
    callers =
        new CallerLookup(
            ground.database(), ground.config().lookup(), ground.config().crm(), ground.registry());
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

  List<Api> routes() {
    return List.of(
        new ProfileRoutes(profiles, company::writtenNumbers),
        new ContactNoteRoutes(profiles, new ContactNotes(ground.database())),
        new ProfileGroupRoutes(new ProfileGroups(ground.database())),
        new ProfileFieldRoutes(new ProfileFields(ground.database())),
        new ImportRoutes(imports, importFolder, uploads, importer::wake),
        new ExportRoutes(ground.database(), profiles));
  }
}
