"""All tables in one place: importing this module fills `Base.metadata`. Read by migrations, tests and the policy."""

import iom.accounts.models
import iom.catalog.models
import iom.core.models
import iom.diagnostics.models
import iom.monitoring.models
import iom.organizations.models
import iom.profiles.models
import iom.routes.evidence_models
import iom.routes.models
import iom.support.models  # noqa: F401
from iom.core.database import Base

METADATA = Base.metadata
