"""French."""

from typing import Final

WORDS: Final = {
    "required": "Veuillez remplir ce champ.",
    "tick": "Veuillez cocher cette case pour continuer.",
    "address": "Veuillez saisir votre adresse e-mail.",
    "not_address": "Ce n’est pas une adresse e-mail.",
    "not_text": "Ce doit être du texte.",
    "unkeepable": "Un caractère ne peut pas être conservé.",
    "too_long": "{most} caractères au plus, s’il vous plaît.",
    "too_short": "{least} caractères au moins, s’il vous plaît.",
    "not_choice": "Veuillez choisir l’une de ces réponses.",
    "not_number": "Veuillez saisir un nombre, comme 12 ou 2.5.",
    "too_small": "{least} ou plus, s’il vous plaît.",
    "too_large": "{most} ou moins, s’il vous plaît.",
    "not_date": "Veuillez saisir une date, comme 2026-11-21.",
    "too_early": "{least} ou plus tard, s’il vous plaît.",
    "too_late": "{most} ou plus tôt, s’il vous plaît.",
    "not_ticked": "La case est cochée ou ne l’est pas.",
    "not_phone": "Ce n’est pas un numéro de téléphone.",
    "not_phone_abroad": (
        "Veuillez saisir le numéro avec l’indicatif du pays, comme +33 1 23 45 67 89."
    ),
    "meant": (
        "Vouliez-vous dire {address} ? Si votre adresse est juste, envoyez-la encore une fois."
    ),
    "mend": "Veuillez vérifier les champs signalés ci-dessous.",
    "mend_title": "Certains champs sont à corriger",
    "optional": "facultatif",
    "choose": "Veuillez choisir",
    "leave_empty": "Laissez ce champ vide",
    "somebody_else": "Quelqu’un d’autre ? Afficher le formulaire complet.",
    "thanks_title": "Merci",
    "thanks": "Vos informations sont bien arrivées.",
    "result": "Votre résultat",
    "on": "Continuer",
    "no_form": "Ce formulaire n’existe pas",
    "disown_title": "Ce n’était pas vous ?",
    "disown": "Quelqu’un a donné votre adresse à {sender}. Un clic, et vous ne recevrez plus rien.",
    "disown_button": "Ce n’était pas moi",
    "disowned_title": "Merci de nous l’avoir dit",
    "disowned": "{sender} ne vous enverra plus rien.",
    "disown_mail": "Vous n’avez rien demandé ? Dites-le-nous :",
    "disown_link": "ce n’était pas moi",
    "yes": "Oui",
    "no": "Non",
    "save": "Enregistrer",
    "file_ended": "Votre lien a expiré",
    "file_gated": "Ce fichier s’obtient par un formulaire",
    "file_form": "Remplissez le formulaire et vous recevrez votre propre lien.",
}
