package spectron

import "github.com/spectron-go/spectron/internal/gate"

// manager is the operator's Manager of the store that a Context is in. Handles themselves have no way to it.
func (c *Context) manager() *Manager {
	return &Manager{controlPlane{c.state.Core, &gate.Caller{Kind: gate.Operator}}}
}
