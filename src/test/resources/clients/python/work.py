"""What an application does with the generated client: one line of JSON with a job comes in, one with the result goes out."""

import base64
import json
import os
import sys
import threading
from datetime import datetime, timezone

import tamas_client as tamas
from websockets.sync.client import connect

KEY = os.environ["TAMAS_KEY"]


class Events:
    """The messages of the WebSocket, as they come."""

    def __init__(self, server):
        self.address = server.rstrip("/").replace("http", "ws", 1) + "/api/v1/events"
        self.snapshot = None
        self.received = []
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        self.wait_for(lambda: self.snapshot)

    def read(self):
        headers = {"Authorization": f"Bearer {KEY}"}
        with connect(self.address, additional_headers=headers, max_size=16 << 20) as socket:
            for message in socket:
                with self.changed:
                    self.keep(json.loads(message)["type"], message)
                    self.changed.notify_all()

    def keep(self, type, message):
        if type == "snapshot":
            self.snapshot = tamas.EventsSnapshot.from_json(message)
        elif type != "gap":
            self.received.append(tamas.Event.from_json(message))

    def event(self, type, subject):
        def found():
            return next((one for one in self.received if one.type == type and one.subject == subject), None)

        return self.wait_for(found)

    def wait_for(self, condition):
        with self.changed:
            return self.changed.wait_for(condition, timeout=20)


class Work:
    def __init__(self):
        self.configuration = tamas.Configuration(access_token=KEY)  # the server is the one that the document came from
        client = tamas.ApiClient(self.configuration)
        self.calls = tamas.CallsApi(client)
        self.crm = tamas.CrmApi(client)
        self.company = tamas.CompanyApi(client)

    def subscribe(self):
        self.events = Events(self.configuration.host)
        return {"lastId": self.events.snapshot.last_id, "extensions": len(self.events.snapshot.extensions)}

    def list_calls(self, number, since):
        page = self.calls.list_calls(
            number=number,
            status=tamas.CallOutcome.ANSWERED,
            var_from=datetime.fromisoformat(since).astimezone(timezone.utc),
            limit=10,
        )
        return [call.id for call in page.items]

    def get_call(self, id):
        call = self.calls.get_call(id)
        return {
            "direction": call.direction,
            "status": call.status,
            "caller": call.caller,
            "answeredBy": call.answered_by,
            "startedAt": call.started_at.astimezone(timezone.utc).isoformat(),
            "legs": [f"{leg.party} {leg.result.value}" for leg in call.legs],
            "recording": call.recording,
            "recordingState": call.recording_file.state,
        }

    def download(self, recording, part):
        return base64.b64encode(self.calls.get_recording(recording, range=part)).decode()

    def live_calls(self):
        return {call.id: call.progress.state if call.progress else call.status for call in self.calls.list_live_calls().items}

    def make_call(self, extension, to):
        return self.calls.make_call(tamas.NewCall(extension=extension, to=to)).id

    def transfer_call(self, id, to, by):
        self.calls.transfer_call(id, tamas.Transfer(to=to, kind=tamas.TransferKind.BLIND, by=by))

    def hang_up_call(self, id):
        self.calls.hang_up_call(id)

    def create_profile(self, name, number):
        draft = tamas.ProfileDraft(
            kind=tamas.ProfileKind.PERSON,
            name=name,
            numbers=[tamas.NumberDraft(number=number, label="mobile")],
            fields={"city": "شیراز"},
        )
        made = self.crm.create_profile_with_http_info(draft)
        return {"id": made.data.id, "number": made.data.numbers[0].number, "version": made.headers["etag"]}

    def search_profiles(self, words):
        return [profile.id for profile in self.crm.list_profiles(q=words).items]

    def update_profile(self, id, version, name):
        profile = self.crm.get_profile(id)
        draft = tamas.ProfileDraft(
            kind=profile.kind,
            name=name,
            numbers=[tamas.NumberDraft(number=one.number, label=one.label) for one in profile.numbers],
            fields=profile.fields,
        )
        return self.crm.update_profile(id, draft, if_match=version).version

    def upload_prompt(self, name, language, wav):
        prompt = self.company.put_prompt_audio(name, language, base64.b64decode(wav), _content_type="audio/x-wav")
        return prompt.audio[language]

    def rename_in_company(self, old, new):
        read = self.company.get_company_with_http_info()
        document = read.data.decode()
        change = self.company.put_company(document.replace(old, new), if_match=read.headers["etag"])
        return [f"{one.kind} {one.name} {one.change} {one.fields[0].var_field} {one.fields[0].after}" for one in change.changes]

    def put_company(self, document):
        return self.company.put_company(document).version

    def event(self, type, subject):
        event = self.events.event(type, subject)
        return {"id": event.id, "at": event.at.astimezone(timezone.utc).isoformat(), "data": event.data}

    def event_of_call(self, type, id):
        event = self.events.event(type, f"call:{id}")
        call = tamas.Call.from_dict(event.data)
        return {"status": call.status, "answeredBy": call.answered_by}


def problem(refusal):
    """The problem document of a refusal."""
    told = refusal.data
    return {
        "status": refusal.status,
        "title": told.title,
        "detail": told.detail,
        "faults": [{"pointer": fault.pointer, "line": fault.line, "detail": fault.detail} for fault in told.faults],
    }


work = Work()
for line in sys.stdin:
    job, arguments = json.loads(line)
    try:
        answer = {"result": getattr(work, job)(**arguments)}
    except tamas.ApiException as refusal:
        answer = {"problem": problem(refusal)}
    print(json.dumps(answer), flush=True)
