"""English."""

from typing import Final

WORDS: Final = {
    "required": "Please fill this in.",
    "tick": "Please tick this to go on.",
    "address": "Please enter your email address.",
    "not_address": "This is not an email address.",
    "not_text": "This has to be text.",
    "unkeepable": "There is a character in it that can't be kept.",
    "too_long": "Please use at most {most} characters.",
    "too_short": "Please use at least {least} characters.",
    "not_choice": "Please choose one of these.",
    "not_number": "Please enter a number, like 12 or 2.5.",
    "too_small": "Please enter {least} or more.",
    "too_large": "Please enter {most} or less.",
    "not_date": "Please enter a date, like 2026-11-21.",
    "too_early": "Please choose {least} or later.",
    "too_late": "Please choose {most} or earlier.",
    "not_ticked": "This is either ticked or not.",
    "not_phone": "This is not a telephone number.",
    "not_phone_abroad": (
        "Please enter the telephone number with its country code, like +43 1 234567."
    ),
    "meant": "Did you mean {address}? If yours is right as it stands, just send it again.",
    "mend": "Please look at the fields marked below.",
    "mend_title": "Some fields must be mended",
    "optional": "if you like",
    "choose": "Please choose",
    "leave_empty": "Leave this empty",
    "somebody_else": "Somebody else? Show the whole form.",
    "thanks_title": "Thank you",
    "thanks": "Your details have arrived.",
    "result": "Your result",
    "on": "Continue",
    "no_form": "There is no such form",
    "disown_title": "This wasn't you?",
    "disown": (
        "Somebody gave your address to {sender}. One click, and you will get nothing "
        "more from them."
    ),
    "disown_button": "It wasn't me",
    "disowned_title": "Thank you for telling us",
    "disowned": "{sender} will send you nothing more.",
    "disown_mail": "You didn't ask for this? Tell us:",
    "disown_link": "it wasn't me",
    "yes": "Yes",
    "no": "No",
    "save": "Save",
    "file_ended": "Your link has run out",
    "file_gated": "This file comes with a form",
    "file_form": "Fill in the form, and you will get a link of your own.",
}
