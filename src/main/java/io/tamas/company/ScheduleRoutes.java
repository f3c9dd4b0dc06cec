package io.tamas.company;

import io.tamas.company.Company.Switched;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Schedules switched by hand, by REST: such as to the night.
public final class ScheduleRoutes implements Api {
  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.SCHEDULE);

  private final Companies companies;
  private final Clock clock;

  public ScheduleRoutes(Companies companies, Clock clock) {
    this.companies = companies;
    this.clock = clock;
  }

  @Override
  public void mount(Operations on) {
    on.on("switchSchedule", this::switchTo).on("switchScheduleBack", this::switchBack);
  }

  private Response switchTo(Request request) {
    Switched to = request.body(Switched.class);
    if (to.until().stream().anyMatch(until -> !until.isAfter(clock.instant()))) {
      throw Problem.invalid(List.of(new Problem.Fault("/until", "must be in the future")));
    }
    return switched(request, Optional.of(to));
  }

  private Response switchBack(Request request) {
    return switched(request, Optional.empty());
  }

  private Response switched(Request request, Optional<Switched> to) {
    String name = request.path("name");
    return ANSWERS.stored(ANSWERS.done(companies.switchSchedule(name, to), name).stored());
  }
}
