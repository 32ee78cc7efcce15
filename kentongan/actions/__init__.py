"""Every change a person can make, one class each: permission, rule, write, audit. Form and API call the same."""

from kentongan.actions.choosing import Choose
from kentongan.actions.newsroom import Actor, Done, Newsroom, Refusal, WrongState
from kentongan.actions.pictures import AddPicture, DeletePicture, DescribePicture, ReplacePicture
from kentongan.actions.publish import Publish, TakeDown, companions
from kentongan.actions.recording import AttachAudio
from kentongan.actions.restore import BringBack, Restore
from kentongan.actions.review import Answer, AskForReview, GiveBack, Propose
from kentongan.actions.save import Create, Discard, Save

__all__ = [
    "Actor",
    "AddPicture",
    "Answer",
    "AskForReview",
    "AttachAudio",
    "BringBack",
    "Choose",
    "Create",
    "DeletePicture",
    "DescribePicture",
    "Discard",
    "Done",
    "GiveBack",
    "Newsroom",
    "Propose",
    "Publish",
    "Refusal",
    "ReplacePicture",
    "Restore",
    "Save",
    "TakeDown",
    "WrongState",
    "companions",
]
