"""How mail programs introduce what they quote or copy, in lower case."""

INTRODUCED = (
    ("on ", "wrote"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió"),
    ("il ", "ha scritto"),
    ("op ", "schreef"),
    ("em ", "escreveu"),
    ("den ", "skrev"),
    ("w dniu ", "napisał"),
    ("dnia ", "napisał"),
)
"""How an attribution begins, and the word in it; each ends with a colon."""

SEPARATORS = (
    *("ursprüngliche nachricht", "original message", "message d'origine", "mensaje original"),
    *("messaggio originale", "oorspronkelijk bericht", "mensagem original", "forwarded message"),
    *("weitergeleitete nachricht", "message transféré", "oorspronkelijke bericht"),
)

COPIED_FROM = (
    *("from:", "von:", "de:", "da:", "van:", "od:", "från:", "fra:"),
    *("from :", "de :"),
)

SENT = (
    *("sent:", "date:", "gesendet:", "datum:", "envoyé", "enviado", "inviato:", "data:"),
    *("verzonden:", "wysłano:", "skickat:", "sendt:", "fecha:", "to:", "subject:", "an:"),
)
