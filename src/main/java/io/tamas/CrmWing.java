package io.tamas;

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
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.crm.TimelineRoutes;
import io.tamas.crm.TimelineSource;
import io.tamas.crm.UndoneMerges;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import java.util.ArrayList;
import java.util.List;

/// Profiles, and the lookup of callers.
final class CrmWing {
  private final Ground ground;
  private final CompanyWing company;
  private final Profiles profiles;
  final CallerLookup callers;
  final CallerProfiles callerProfiles;
  final MergedIds merged;

  CrmWing(Ground ground, CompanyWing company) {
    this.ground = ground;
    this.company = company;
    profiles = new Profiles(ground.database(), company::writtenNumbers);
    merged = new MergedIds(ground.database());
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
        new ContactNoteRoutes(profiles, notes),
        new TimelineRoutes(profiles, merged, company::writtenNumbers, sources),
        new ProfileMergeRoutes(new ProfileMerges(ground.database(), profiles), ground.registry()),
        new DuplicateRoutes(new Duplicates(ground.database())),
        new ProfileGroupRoutes(new ProfileGroups(ground.database())),
        new ProfileFieldRoutes(new ProfileFields(ground.database())));
  }
}
