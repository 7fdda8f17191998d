"""Who is looking: every read and write names one, and the store refuses what the role may not do."""

from dataclasses import dataclass, replace

from planning.errors import NotPermitted
from planning.permissions import Action, Role, may


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or the local session) in a role, looking at one district."""

    actor: str
    role: Role
    district_id: str

    def check_may(self, action: Action) -> None:
        """Refuse what the role may not do."""
        if not may(self.role, action):
            doing = action.value.replace("_", " ")
            raise NotPermitted(
                f"The role {self.role} may not {doing}.", "Ask someone whose role allows it, or sign in as them."
            )

    def at_district(self, district_id: str) -> "Viewer":
        """The same person looking at another district."""
        return replace(self, district_id=district_id)
