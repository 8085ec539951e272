"""Why something happened or didn't, in words: every reason that is stored somewhere."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "unsubscribed": "the lead unsubscribed",
    "complained": "the lead reported a mail as spam",
    "bounced": "the address bounced for good",
    "erased": "the lead was erased",
    "with_sales": "sales has the lead in hand",
    "no_consent": "the lead never agreed to this topic",
    "topic_off": "the lead wants no mail of this topic",
    "paused_by_lead": "the lead paused its mails until then",
    "paused": "the client's mails are paused",
    "paused_too_long": "the client's mails were paused until it was too late for this one",
    "asked_too_often": "three mails that somebody asked for went to that mailbox within a day",
    "not_me": "its owner said that somebody else had given us the address",
    "surge": "far more leads than usual came at once: somebody has to look first",
    "surge_released": "its turn comes: the surge's mails go one after another",
    "surge_dropped": "it came in a surge that was dropped",
    "soft_bounces": "five mails in a row came back and none arrived",
    "capped": "the lead got as many mails as its cap allows",
    "gives_way": "a more important mail takes the room that its cap leaves",
    "quiet_day": "it is a day without marketing where the lead lives",
    "in_line": "other mails go before it, at the rate that the client may send",
    "warming_up": "the sender is new, and writes to a few more each day",
    "day_full": "the client sent as many mails within a day as it may",
    "not_there_lately": "the sender is new, and writes first to leads who were there lately",
    "quiet_hours": "it is night where the lead lives",
    "outside_window": "the journey mails at other times of the lead's week",
    "holdout": "the lead is held out, to see what happens without it",
    "expired": "what the mail tells of is over",
    "journey_stopped": "the journey was stopped",
    "no_text_provider": "nobody is connected who sends text messages",
    "no_phone": "the lead named no phone",
    "webhook_not_https": "its address isn't https",
    "replied": "the lead talks with a person, so nurturing rests",
    "in_doubt": "the mail service gave no answer; we wait for its word before anything else",
    "mail_service_faulty": "the mail service could not be used; we try again",
    "never_tried": "something failed before the mail could go; we try again",
    "throttled": "the mail service asked us to slow down",
    "outcome_unknown": "the mail service never said whether it took the mail: not repeated",
    "completed": "it reached the end",
    "converted": "the goal was reached",
    "sunset": "a journey ended in writing to the lead no more",
    "suppressed": "mail to the lead is forbidden",
    "exited": "its own steps end it",
    "stopped": "the journey was stopped",
    "merged": "another address of the lead is in the journey already",
    "had_already": "it went to another address of the lead",
    "superseded": "the lead named or confirmed another address since, or took that back",
    "no_date": "the lead has no such date",
    "past": "the lead's date had passed",
}
_REFUSED = "webhook_refused_"


def reason(name: str) -> str:
    """A stored reason in words; one that we have no words for stands as it is."""
    if name.startswith(_REFUSED):
        return f"the other side refused it with {name.removeprefix(_REFUSED)}"
    return REASONS.get(name, name.replace("_", " "))
